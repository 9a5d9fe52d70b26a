import { parseArgs } from 'node:util'
import { readConfig, backupData } from '../../server/index.ts'
import { UsageError, type Run } from '../command.ts'

/** Writes everything a gateway keeps to one file, also while it runs, and reads it back before it says so. */
export const run: Run = async (args, io) => {
  const { file, withKeys } = readArgs(args)
  const rows = await backupData(readConfig(io.env), file, withKeys)
  io.stdout.write(`${JSON.stringify({ file, rows, withKeys })}\n`)
  return 0
}

function readArgs(args: readonly string[]) {
  try {
    const options = { 'with-keys': { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError('it takes one file')
    return { file, withKeys: values['with-keys'] }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : 'unknown option')
  }
}
