import { parseArgs } from 'node:util'
import { readConfig, restoreData } from '../../server/index.ts'
import { UsageError, type Run } from '../command.ts'

/** Puts a backup in the place of a gateway's data, on whichever engine the settings name. */
export const run: Run = async (args, io) => {
  const { file, replace } = readArgs(args)
  const rows = await restoreData(readConfig(io.env), file, replace)
  io.stdout.write(`${JSON.stringify({ file, rows })}\n`)
  return 0
}

function readArgs(args: readonly string[]) {
  try {
    const options = { replace: { type: 'boolean', default: false } } as const
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new UsageError('it takes one file')
    return { file, replace: values['replace'] }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : 'unknown option')
  }
}
