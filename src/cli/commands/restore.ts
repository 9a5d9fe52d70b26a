import { readConfig, restoreData } from '../../server/index.ts'
import { onlyWord, readOptions } from '../args.ts'
import type { Run } from '../command.ts'

/** Puts a backup in the place of a gateway's data, on whichever engine the settings name. */
export const run: Run = async (args, io) => {
  const { values, positionals } = readOptions(args, { replace: { type: 'boolean', default: false } })
  const file = onlyWord(positionals, 'the backup')
  const rows = await restoreData(readConfig(io.env), file, values.replace)
  io.stdout.write(`${JSON.stringify({ file, rows })}\n`)
  return 0
}
