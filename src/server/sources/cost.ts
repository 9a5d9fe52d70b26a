import { addDays, dateAt, instantOn, type CalendarDate, type Instant, type Outcome } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import { faultOf, type Logger } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { SourceId } from './ids.ts'

/** What a source was asked on one day, and what that costs. */
export interface SourceCost {
  readonly source: string
  /** Calls written down, whatever came of them. */
  readonly calls: number
  /** Calls the vendors charge for: answers, also that there is no such invoice. */
  readonly billed: number
  /** Null where no price is set. */
  readonly yuan: number | null
}

/** Vendors bill what the authority said; what they could not ask costs nothing. */
const billed: ReadonlySet<Outcome> = new Set<Outcome>(['ok', 'voided', 'red-flushed-full', 'red-flushed-part', 'mismatch', 'not-found'])

/** The cost of a day (Asia/Shanghai) by source. */
export async function costOf(store: Store, day: CalendarDate, prices: ReadonlyMap<SourceId, number>): Promise<SourceCost[]> {
  const counts = await store.calls(day)
  const price = new Map<string, number>(prices)
  return [...new Set(counts.map(({ source }) => source))].map((source) => {
    const own = counts.filter((one) => one.source === source)
    const sum = (of: typeof own) => of.reduce((total, { count }) => total + count, 0)
    const paid = sum(own.filter(({ outcome }) => outcome !== null && billed.has(outcome)))
    const yuan = price.get(source)
    return { source, calls: sum(own), billed: paid, yuan: yuan === undefined ? null : Math.round(paid * yuan * 1e4) / 1e4 }
  })
}

export interface CountingNeeds {
  readonly store: Store
  readonly clock: Clock
  readonly log: Logger
  readonly prices: ReadonlyMap<SourceId, number>
}

const hour = 3_600_000
/** Milliseconds after midnight: calls that were under way then have ended. */
const late = 60_000

/** Writes into the log every hour what the day has cost so far, and after midnight what it cost. @returns what stops it. */
export function startCounting({ store, clock, log, prices }: CountingNeeds): () => Promise<void> {
  const stopping = new AbortController()

  async function report(day: CalendarDate): Promise<void> {
    for (const cost of await costOf(store, day, prices)) log.info({ day, ...cost }, 'calls of a source')
  }

  async function loop(): Promise<void> {
    for (;;) {
      const now = clock.now()
      const midnight = instantOn(addDays(dateAt(now), 1)) + late
      await clock.sleep(Math.min(hour, untilThen(midnight, now)), stopping.signal)
      if (stopping.signal.aborted) return
      const day = dateAt(clock.now() - late - 1000)
      await report(day).catch((error: unknown) => log.error(faultOf(error), 'the calls of the sources could not be counted'))
    }
  }
  const running = loop()
  return async () => {
    stopping.abort()
    await running
  }
}

function untilThen(then: Instant, now: Instant): number {
  return Math.max(1000, then - now)
}
