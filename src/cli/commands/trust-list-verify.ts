import { readFile } from 'node:fs/promises'
import { openList, pinnedKey } from '../../authenticity/index.ts'
import { onlyWord, readOptions } from '../args.ts'
import { UsageError, type Run } from '../command.ts'

/** What each outcome means for whoever serves the list. */
const sentences = {
  operator: 'signed by the operator key',
  imported: 'a trust list that nobody signed: only a person may import it for themselves',
  forged: 'not signed by that key, or changed since',
  malformed: 'no trust list',
} as const

/** Is this trust list signed by the operator's key? 0 only if it is. */
export const run: Run = async (args, io) => {
  const { values, positionals } = readOptions(args, { key: { type: 'string' } })
  const file = onlyWord(positionals, 'the file to verify')
  const key = values.key?.toLowerCase() ?? pinnedKey
  if (key === null)
    throw new UsageError('this build pins no operator key: --key says which public key (64 hex digits) is to have signed it')
  if (!/^[0-9a-f]{64}$/.test(key)) throw new UsageError('--key is a public key of 64 hex digits')
  const opened = await openList((await readFile(file, 'utf8')).trim(), key)
  const version = 'list' in opened ? opened.list.version : null
  io.stdout.write(`${JSON.stringify({ file, is: opened.is, version })}\n`)
  io.stderr.write(`${file}: ${sentences[opened.is]}\n`)
  return opened.is === 'operator' ? 0 : 1
}
