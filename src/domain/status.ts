import { answerClass, type Answer, type ParkingReason, type SourceClass, type Verdict } from './answer.ts'
import type { Instant } from './calendar.ts'
import { canonicalElements, elementsOf, missingElements, type Element } from './elements.ts'
import type { Invoice } from './invoice.ts'
import { ruleOf } from './kind.ts'
import type { QueryState } from './query-state.ts'

/** What the device knows of one open query; the part of an outbox row that a status needs. */
export interface OpenQuery {
  readonly state: QueryState
  /** The canonical elements it was asked with. */
  readonly question: string
  /** Why it waits, when somebody said so. */
  readonly reason: WaitingReason | null
  /** The gateway's number for it, once parked. */
  readonly ticket: string | null
  /** When it is asked next. */
  readonly nextAt: Instant | null
  readonly askedAt: Instant
}

/** Why a query waits: the gateway's reasons, or the device's own. */
export type WaitingReason = ParkingReason | 'device-offline' | 'gateway-down'

/** An answer together with the elements it was asked with. */
export interface StoredAnswer {
  readonly question: string
  readonly answer: Answer
}

/** What a person noted of their own look at the national platform. Never a verdict. */
export interface OwnNote {
  readonly saw: 'match' | 'mismatch' | 'nothing' | 'other'
  readonly text: string
  readonly at: Instant
}

/** What we know of an invoice, derived, never stored. `waiting` may go along with an answer when it is being asked again. */
export type InvoiceStatus =
  | {
      readonly is: 'answered'
      readonly verdict: Verdict
      readonly by: SourceClass | null
      readonly answer: Answer
      readonly asking: OpenQuery | null
    }
  | { readonly is: 'asking'; readonly query: OpenQuery }
  | { readonly is: 'waiting'; readonly query: OpenQuery }
  | { readonly is: 'needs-user'; readonly query: OpenQuery }
  | { readonly is: 'incomplete'; readonly missing: readonly Element[] }
  | { readonly is: 'uncheckable' }
  | { readonly is: 'unasked' }

/**
 * Derives the status of an invoice. An answer counts only while it was given to the elements the invoice has now;
 * among those the newest by `asOf` is shown.
 */
export function deriveStatus(invoice: Invoice, answers: readonly StoredAnswer[], queries: readonly OpenQuery[]): InvoiceStatus {
  const elements = elementsOf(invoice)
  const question = elements === null ? null : canonicalElements(elements)
  const query = queries.find((one) => one.question === question) ?? null
  const shown = newest(answers.filter((one) => one.question === question).map((one) => one.answer))
  if (shown) return { is: 'answered', verdict: shown.verdict, by: answerClass(shown), answer: shown, asking: query }
  if (query) {
    if (query.state === 'needs-user') return { is: 'needs-user', query }
    return query.state === 'sending' ? { is: 'asking', query } : { is: 'waiting', query }
  }
  if (ruleOf(invoice.kind).elements.length === 0) return { is: 'uncheckable' }
  const missing = missingElements(invoice)
  return missing.length > 0 ? { is: 'incomplete', missing } : { is: 'unasked' }
}

/** The newest answer by the age of its data, then by when it was given. */
export function newest(answers: readonly Answer[]): Answer | null {
  return answers.reduce<Answer | null>(
    (best, one) => (best === null || one.asOf > best.asOf || (one.asOf === best.asOf && one.answeredAt > best.answeredAt) ? one : best),
    null,
  )
}
