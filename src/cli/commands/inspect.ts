import { UsageError, type Run } from '../command.ts'
import { inspectFiles } from './inspect-files.ts'
import { inspectQr } from './inspect-qr.ts'

/** Reads invoices without a network and prints what it found, one JSON line each. */
export const run: Run = async (args, io) => {
  if (args.length === 0) throw new UsageError('say what to read')
  if (!args.includes('--qr')) {
    const option = args.find((arg) => arg.startsWith('--'))
    if (option !== undefined) throw new UsageError(`there is no option ${option}`)
    return inspectFiles(args, io)
  }
  if (args.length > 1) throw new UsageError('--qr reads stdin and takes nothing else')
  await inspectQr(io)
  return 0
}
