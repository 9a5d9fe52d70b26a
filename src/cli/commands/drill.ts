import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { home, needCheckout } from '../bench/checkout.ts'
import { UsageError, type Run } from '../command.ts'
import { rehearse } from '../drill/rehearse.ts'

/**
 * Rehearses an outage from end to end on throw-away data: a real gateway process, a simulated authority, and the device's own code.
 * 0 only if every question was answered and none was asked of the authority twice.
 */
export const run: Run = async (args, io) => {
  const { invoices, loseOne } = readArgs(args)
  needCheckout(home)
  const folder = mkdtempSync(join(tmpdir(), 'piaozai-drill-'))
  try {
    const outcome = await rehearse({ folder, invoices, loseOne, path: io.env['PATH'], say: (line) => void io.stderr.write(`${line}\n`) })
    io.stdout.write(`${JSON.stringify(outcome)}\n`)
    return outcome.lost === 0 && outcome.doubled === 0 ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function readArgs(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { invoices: { type: 'string', default: '40' }, 'lose-one': { type: 'boolean', default: false } },
    })
    const invoices = Number(values.invoices)
    if (!Number.isInteger(invoices) || invoices < 4 || invoices > 200) throw new UsageError('--invoices is a number from 4 to 200')
    return { invoices, loseOne: values['lose-one'] }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : 'unknown option')
  }
}
