import { addReceiptKey, readConfig } from '../../server/index.ts'
import { readOptions } from '../args.ts'
import { UsageError, type Run } from '../command.ts'

/** Lets another receipt key follow the one in use, and prints the list with it. */
export const run: Run = async (args, io) => {
  const { values, positionals } = readOptions(args, { 'in-hours': { type: 'string', default: '24' } })
  const hours = Number(values['in-hours'])
  if (positionals.length > 0) throw new UsageError('it takes no words')
  // Gateways that run learn of it within a minute, devices when they next come by.
  if (!Number.isInteger(hours) || hours < 1 || hours > 8760) throw new UsageError('--in-hours is a whole number from 1 to 8760')
  const config = readConfig(io.env)
  io.stdout.write(`${await addReceiptKey(config, hours)}\n`)
  if (config.receiptKeyList !== null)
    io.stderr.write(
      'The list in PIAOZAI_RECEIPT_KEY_LIST does not hold the new key: sign this one, put it there, and start the gateways anew.\n',
    )
  return 0
}
