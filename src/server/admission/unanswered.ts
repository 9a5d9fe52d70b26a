import { dateAt, type CalendarDate, type Instant } from '../../domain/index.ts'
import { createForgetful } from './forgetful.ts'

/**
 * How many questions of a network were left unanswered today. What others had confirmed is told at once, and what is wrong waits while the authority
 * is away: whoever sends many guesses then would see which of them is right before any of them counts as wrong. So few are told so.
 */
export interface Unanswered {
  /**
   * So many are brought, and count until they are told otherwise.
   * @returns how many of them, the first ones, may be told what others had confirmed; the rest is asked like what nobody knows.
   */
  bring(network: string, count: number, now: Instant): number
  /** So many of them were answered, or had been counted before. */
  settle(network: string, count: number, now: Instant): void
}

/**
 * Unanswered questions of a network in a day after which nothing is told it at once, as a share of what it may send at once: with the usual limits 30,
 * more than a person brings, and few enough for those who guess. What is under way counts, so it follows what a network may have under way.
 */
const share = 1 / 20
const networks = 100_000

/** @param burst queries that a network may send at once. */
export function createUnanswered(burst: number): Unanswered {
  const mostADay = Math.ceil(burst * share)
  const days = createForgetful<{ readonly date: CalendarDate; readonly count: number }>({ most: networks, longestMs: 24 * 3_600_000 })

  function add(network: string, count: number, now: Instant): number {
    const date = dateAt(now)
    const day = days.get(network)
    const before = day?.date === date ? day.count : 0
    if (count !== 0) days.use(network, { date, count: Math.max(0, before + count) }, now)
    return before
  }

  return {
    bring: (network, count, now) => Math.max(0, mostADay - add(network, count, now)),
    settle: (network, count, now) => void add(network, -count, now),
  }
}
