import { checkReceipt, type KnownKeys } from '../../authenticity/index.ts'
import { knownKeyList, readConfig } from '../../server/index.ts'
import { onlyWord, readOptions } from '../args.ts'
import type { Io, Run } from '../command.ts'
import { keysFromFile, keysFromText } from '../receipt/known-keys.ts'
import { toLine, toSentence } from '../receipt/told.ts'

/** Checks a receipt without a network, by key lists in files, or by those of the gateway whose data are here. 0 only if its signature holds. */
export const run: Run = async (args, io) => {
  const { values, positionals } = readOptions(args, { keys: { type: 'string', multiple: true, default: [] } })
  const text = onlyWord(positionals, 'the text of the receipt')
  const known = values.keys.length > 0 ? await Promise.all(values.keys.map(keysFromFile)) : await ownKeys(io)
  const checked = await checkReceipt(text, known)
  io.stdout.write(`${JSON.stringify(toLine(checked))}\n`)
  io.stderr.write(`${toSentence(checked)}\n`)
  return checked.is === 'valid' ? 0 : 1
}

async function ownKeys({ env }: Io): Promise<KnownKeys[]> {
  const list = await knownKeyList(readConfig(env))
  return list === null ? [] : [await keysFromText(list, 'this gateway', 'PIAOZAI_RECEIPT_KEY_LIST')]
}
