import type { Answer, Instant, ParkingReason, Verdict } from '../domain/index.ts'

/** What the gateway said to one query of a batch. A row it said nothing readable about is `unreadable` or missing. */
export type QueryReply =
  | { readonly id: string; readonly is: 'answered'; readonly answer: Answer }
  | {
      readonly id: string
      readonly is: 'parked'
      readonly reason: ParkingReason
      readonly ticket: string
      /** Seconds as sent, not yet clamped. */
      readonly retryAfter: number
      /** The queue ticket as a receipt, where the gateway signs. */
      readonly receipt?: string
    }
  | {
      readonly id: string
      readonly is: 'refused'
      readonly code: string
      /** True when the code speaks of the gateway's state or of its sender's and not of the query. */
      readonly passing: boolean
      /** Seconds as sent, not yet clamped; null when it did not say when. */
      readonly retryAfter: number | null
    }
  | { readonly id: string; readonly is: 'unreadable' }

/** The state of a query without its invoice. */
export interface QuerySummary {
  readonly id: string
  readonly is: 'answered' | 'parked' | 'refused' | 'query-unknown'
  readonly verdict: Verdict | null
  readonly reason: ParkingReason | null
  readonly retryAfter: number | null
  readonly answeredAt: Instant | null
}
