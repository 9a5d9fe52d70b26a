import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportRegistry, readConfig } from '../../server/index.ts'
import { UsageError, type Run } from '../command.ts'

/** Writes the registry as CSV to stdout, in the form that `registry import` reads. */
export const run: Run = async (args, io) => {
  if (args.length > 0) throw new UsageError('it takes no arguments')
  await pipeline(Readable.from(exportRegistry(readConfig(io.env))), io.stdout, { end: false })
  return 0
}
