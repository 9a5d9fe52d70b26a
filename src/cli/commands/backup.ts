import { readConfig, backupData } from '../../server/index.ts'
import { onlyWord, readOptions } from '../args.ts'
import type { Run } from '../command.ts'

/** Writes everything a gateway keeps to one file, also while it runs, and reads it back before it says so. */
export const run: Run = async (args, io) => {
  const { values, positionals } = readOptions(args, { 'with-keys': { type: 'boolean', default: false } })
  const file = onlyWord(positionals, 'the file to write')
  const withKeys = values['with-keys']
  const rows = await backupData(readConfig(io.env), file, withKeys)
  io.stdout.write(`${JSON.stringify({ file, rows, withKeys })}\n`)
  return 0
}
