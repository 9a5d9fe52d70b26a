import type { Elements, Instant, Invoice, Kind, Outcome, SourceClass } from '../../domain/index.ts'
import type { SourceId } from './ids.ts'

/** What a source said to one question. */
export interface Said {
  readonly outcome: Outcome
  /** How old its data is said to be; null when it says nothing about that. */
  readonly asOf: Instant | null
  /** Its record, only when every element matched. */
  readonly invoice?: Invoice
}

/** Somebody who can be asked about an invoice. Adding one is one file and one line in the table of providers. */
export interface Source {
  readonly id: SourceId
  /** For the status page. */
  readonly name: string
  readonly class: SourceClass
  /** True when every question counts towards an invoice's looks of the day; then each call is written down before it is sent. */
  readonly metered: boolean
  supports(kind: Kind): boolean
  /** Asks once. Whatever it throws, and no answer in time, is the outcome `unavailable`. */
  ask(elements: Elements, signal: AbortSignal): Promise<Said>
  /** Finds out whether it works without spending a question. Throws when it does not. */
  probe?(signal: AbortSignal): Promise<void>
}
