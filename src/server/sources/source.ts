import type { Elements, FieldSources, Instant, Invoice, Kind, Outcome, SourceClass, SourceStatement } from '../../domain/index.ts'
import type { SourceId } from './ids.ts'

/** What a source said to one question. */
export interface Said {
  readonly outcome: Outcome
  /** How old its data is said to be; null when it says nothing about that. */
  readonly asOf: Instant | null
  /** Its record, only when every element matched. */
  readonly invoice?: Invoice
  /** With `no-record`: what it does have, which contradicts nothing that was asked. It fills gaps once somebody else confirms. */
  readonly partial?: Invoice
  /** Where it has the fields from, when it is not from itself. */
  readonly provenance?: FieldSources
  /** Whom it has asked in turn, the one that decided last; for other gateways. */
  readonly statements?: readonly SourceStatement[]
  /** With `unavailable`: it works, and will know later. */
  readonly retryAt?: Instant
}

/** How fast a source may be asked. */
export interface Pace {
  /** Milliseconds for an answer: less than a request has. */
  readonly timeoutMs: number
  /** Calls at a time. */
  readonly width: number
  /** Calls begun in a second; what the other side grants. */
  readonly perSecond: number
}

/** Somebody who can be asked about an invoice. Adding one is one file and one line in the table of providers. */
export interface Source {
  readonly id: SourceId
  /** For the status page. */
  readonly name: string
  readonly class: SourceClass
  /** True when every question counts towards an invoice's looks of the day; then each call is written down before it is sent. */
  readonly metered: boolean
  /** What of the usual pace is different for it. */
  readonly pace?: Partial<Pace>
  supports(kind: Kind): boolean
  /** Asks once. Whatever it throws, and no answer in time, is the outcome `unavailable`. */
  ask(elements: Elements, signal: AbortSignal): Promise<Said>
  /** Finds out whether it works without spending a question. Throws when it does not. */
  probe?(signal: AbortSignal): Promise<void>
}

/** True for one that is asked over a network: how it is may differ from whether this gateway works. */
export function isRemote({ metered, class: by }: Pick<Source, 'metered' | 'class'>): boolean {
  return metered || by === 'peer'
}
