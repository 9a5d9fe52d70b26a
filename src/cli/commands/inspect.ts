import { UsageError, type Run } from '../command.ts'
import { inspectQr } from './inspect-qr.ts'

/** Reads invoices without a network and prints what it found, one JSON line each. */
export const run: Run = async (args, io) => {
  if (args.length === 0) throw new UsageError('say what to read')
  if (!args.includes('--qr')) throw new UsageError('files are not read yet; QR payloads on stdin are, with --qr')
  if (args.length > 1) throw new UsageError('--qr reads stdin and takes nothing else')
  await inspectQr(io)
  return 0
}
