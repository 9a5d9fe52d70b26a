import { UsageError, type Run } from '../command.ts'

/** Reads invoices without a network and prints what it found, one JSON line each. */
export const run: Run = async (args) => {
  if (args.length === 1 && args[0] === '--qr') return 0
  throw new UsageError('files are not read yet; QR payloads are, with --qr')
}
