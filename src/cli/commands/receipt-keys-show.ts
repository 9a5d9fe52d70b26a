import { readConfig, receiptKeyList } from '../../server/index.ts'
import { UsageError, type Run } from '../command.ts'

/** The receipt keys of this gateway as a list that may be signed. */
export const run: Run = async (args, io) => {
  if (args.length > 0) throw new UsageError('it takes no arguments')
  io.stdout.write(`${await receiptKeyList(readConfig(io.env))}\n`)
  return 0
}
