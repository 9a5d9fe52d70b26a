import type { CalendarDate, Instant, Outcome } from '../../domain/index.ts'

/** One call of a source about an invoice, as it is charged before it is sent. */
export interface Call {
  readonly id: string
  readonly source: string
  readonly invoice: string
  readonly day: CalendarDate
  readonly at: Instant
}

/** What may be spent. */
export interface Limits {
  /** Looks of the invoice on that day, whichever source is asked. */
  readonly looks: number
  /** Calls of the source on that day; null: as many as come. */
  readonly budget: number | null
}

/** How many calls of a source ended so; null: cut off, or still under way. */
export interface CallCount {
  readonly source: string
  readonly outcome: Outcome | null
  readonly count: number
}

/** Outcomes that cost the invoice none of its looks: the source did not answer. */
export const lookless: readonly Outcome[] = ['unavailable', 'operator-fault', 'unsupported']

/** A call that the source has answered, or failed at. */
export interface EndedCall {
  readonly id: string
  readonly outcome: Outcome
}
