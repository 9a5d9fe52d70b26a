import type { Outcome, ParkingReason, Verdict } from './answer.ts'
import { addDays, dateAt, daysBetween, instantOn, yearsBefore, type CalendarDate, type Instant } from './calendar.ts'

/** What to do after a source spoke. */
export type Step =
  | { readonly do: 'answer'; readonly verdict: Verdict; readonly redFlush?: 'full' | 'partial' }
  /** Wait; ask again by itself, not before `notBefore` (without jitter: whoever schedules adds it). */
  | { readonly do: 'park'; readonly reason: ParkingReason; readonly notBefore: Instant }
  /** This source cannot say; ask the next one. */
  | { readonly do: 'next-source' }
  /** The source is faulty for everybody; the query waits for it to come back. */
  | { readonly do: 'source-down' }
  /** The operator must act; the source is not asked again until then. */
  | { readonly do: 'stop-source' }

/** What the table needs to know besides the outcome. */
export interface RetryContext {
  readonly issuedOn: CalendarDate
  readonly now: Instant
  /** True when an earlier look, by another source or on an earlier day, also found nothing. */
  readonly notFoundBefore: boolean
}

/** The hour (Shanghai) at which yesterday's invoices can be expected to be visible. */
const morning = 8.5

/** 08:30 Shanghai on the day after `now`: the first time a T+1 question makes sense. */
export function nextMorning(now: Instant): Instant {
  return instantOn(addDays(dateAt(now), 1), morning)
}

/** True when an invoice is so old (five years) that no source answers online. */
export function isOutOfRange(issuedOn: CalendarDate, now: Instant): boolean {
  return issuedOn < yearsBefore(dateAt(now), 5)
}

/** The authority's retry table: what each outcome of a source means for the query. */
export function nextStep(outcome: Outcome, context: RetryContext): Step {
  const { now, issuedOn } = context
  switch (outcome) {
    case 'ok':
      return { do: 'answer', verdict: 'confirmed' }
    case 'voided':
      return { do: 'answer', verdict: 'voided' }
    case 'red-flushed-full':
      return { do: 'answer', verdict: 'red-flushed', redFlush: 'full' }
    case 'red-flushed-part':
      return { do: 'answer', verdict: 'red-flushed', redFlush: 'partial' }
    case 'mismatch':
      return { do: 'answer', verdict: 'mismatch' }
    case 'out-of-range':
      return { do: 'answer', verdict: 'out-of-range' }
    case 'same-day':
      return { do: 'park', reason: 'not-yet-visible', notBefore: nextMorning(now) }
    case 'daily-limit':
      return { do: 'park', reason: 'daily-limit', notBefore: nextMorning(now) }
    case 'not-found':
      if (daysBetween(issuedOn, dateAt(now)) <= 1) return { do: 'park', reason: 'not-yet-visible', notBefore: nextMorning(now) }
      if (context.notFoundBefore) return { do: 'answer', verdict: 'not-found' }
      return { do: 'park', reason: 'second-look', notBefore: nextMorning(now) }
    case 'unsupported':
    case 'no-record':
      return { do: 'next-source' }
    case 'unavailable':
      return { do: 'source-down' }
    case 'operator-fault':
      return { do: 'stop-source' }
  }
}
