import { isCalendarDate } from '../../domain/index.ts'
import { readConfig, spendingOf } from '../../server/index.ts'
import { UsageError, type Run } from '../command.ts'

/** What the sources were asked on a day and what that costs: one JSON line per source. */
export const run: Run = async (args, io) => {
  const [day = null, ...more] = args
  if (more.length > 0 || (day !== null && !isCalendarDate(day))) throw new UsageError('say a day as 2026-11-24, or none for today')
  for (const one of await spendingOf(readConfig(io.env), day)) io.stdout.write(`${JSON.stringify(one)}\n`)
  return 0
}
