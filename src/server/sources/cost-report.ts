import { dateAt, type CalendarDate } from '../../domain/index.ts'
import { openStore } from '../store/open.ts'
import type { Config } from '../config.ts'
import { systemClock } from '../real.ts'
import { costOf, type SourceCost } from './cost.ts'

/** What a source was asked on a day, what that costs, and what is left of its budget. */
export interface SourceSpending extends SourceCost {
  readonly day: CalendarDate
  /** Calls a day; null where there is no limit. */
  readonly budget: number | null
}

/** The spending of a day (Asia/Shanghai; null: today) by source, also while the gateway runs. A week of days is kept. */
export async function spendingOf(
  config: Pick<Config, 'data' | 'databaseUrl' | 'sourceSettings'>,
  day: CalendarDate | null = null,
): Promise<SourceSpending[]> {
  const { prices, budgets } = config.sourceSettings
  const wanted = day ?? dateAt(systemClock.now())
  const store = await openStore(config)
  try {
    const budget = new Map<string, number>(budgets)
    const costs = await costOf(store, wanted, prices)
    const quiet = [...budget.keys()].filter((id) => costs.every(({ source }) => source !== id))
    const none = quiet.map((source): SourceCost => ({ source, calls: 0, billed: 0, yuan: prices.has(source as never) ? 0 : null }))
    return [...costs, ...none].map((one) => ({ day: wanted, ...one, budget: budget.get(one.source) ?? null }))
  } finally {
    await store.close()
  }
}
