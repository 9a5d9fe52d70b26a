import type { Instant } from './calendar.ts'
import type { Field, Invoice } from './invoice.ts'
import type { Conflict } from './merge.ts'

/** What an answer says. A fault is never one of these: it is an outcome of a source, and the query waits. */
export const verdicts = ['confirmed', 'mismatch', 'not-found', 'voided', 'red-flushed', 'out-of-range', 'cannot-be-checked'] as const
export type Verdict = (typeof verdicts)[number]

/**
 * Who speaks: `authority` the tax authority or a service relaying it; `registry` the gateway's own records;
 * `peer` another gateway's own records; `demo` invented data. Only `authority` is ever green.
 */
export const sourceClasses = ['authority', 'registry', 'peer', 'demo'] as const
export type SourceClass = (typeof sourceClasses)[number]

/** Why a query waits at the gateway. The gateway asks again by itself. */
export const parkingReasons = ['source-down', 'maintenance', 'overload', 'not-yet-visible', 'daily-limit', 'second-look'] as const
export type ParkingReason = (typeof parkingReasons)[number]

/** What one source said when it was asked, before it is known whether that is an answer. */
export const outcomes = [
  'ok',
  'voided',
  'red-flushed-full',
  'red-flushed-part',
  'mismatch',
  'not-found',
  'same-day',
  'daily-limit',
  'out-of-range',
  'unsupported',
  'no-record',
  'unavailable',
  'operator-fault',
] as const
export type Outcome = (typeof outcomes)[number]

/** One source's part in an answer. */
export interface SourceStatement {
  /** The source's id at that gateway, e.g. `registry`, `simulated`, `demo`. */
  readonly id: string
  readonly class: SourceClass
  /** When it was asked. */
  readonly at: Instant
  /** How old its data was said to be; when it was asked if it says nothing. */
  readonly asOf: Instant
  readonly outcome: Outcome
}

/** The source that each field of an answer's record is from, by its id. */
export type FieldSources = Partial<Readonly<Record<Field, string>>>

/** A field of which two sources have different values; `kept` is shown. */
export type AnswerConflict = Conflict<string>

/** Fields that a record should have and that none of its sources knew. */
export interface Missing {
  readonly fields: readonly Field[]
  /** Who was looked at for them. */
  readonly sources: readonly string[]
}

/** Permanent words for why nothing could be checked. */
export type AnswerDetail = 'no-authority-source' | 'kind-not-checkable' | 'kind-not-supported'

/** A final answer to one query. */
export interface Answer {
  readonly verdict: Verdict
  /** Only with verdict `red-flushed`. */
  readonly redFlush?: 'full' | 'partial'
  /** The record, only when every element matched. */
  readonly invoice?: Invoice
  /** The source of each field of `invoice`. */
  readonly provenance?: FieldSources
  readonly conflicts?: readonly AnswerConflict[]
  /** What the record lacks. A verdict never waits for it. */
  readonly missing?: Missing
  readonly sources: readonly SourceStatement[]
  readonly answeredAt: Instant
  /** The age of the data the verdict rests on. */
  readonly asOf: Instant
  readonly detail?: string
  readonly receipt?: string
}

/** What a source's statement amounts to by itself; null when it says nothing about the invoice. */
const verdictOf = {
  ok: 'confirmed',
  voided: 'voided',
  'red-flushed-full': 'red-flushed',
  'red-flushed-part': 'red-flushed',
  mismatch: 'mismatch',
  'not-found': 'not-found',
  'out-of-range': 'out-of-range',
  'same-day': null,
  'daily-limit': null,
  unsupported: null,
  'no-record': null,
  unavailable: null,
  'operator-fault': null,
} as const satisfies Record<Outcome, Verdict | null>

/** The class that gave the verdict: that of the last source which said so, or null when no source did. A source that was only asked lends it nothing. */
export function answerClass(answer: Pick<Answer, 'verdict' | 'sources'>): SourceClass | null {
  return answerStatement(answer)?.class ?? null
}

/** The statement that gave the verdict: the last one which said so, or null when no source did. */
export function answerStatement(answer: Pick<Answer, 'verdict' | 'sources'>): SourceStatement | null {
  return answer.sources.findLast(({ outcome }) => verdictOf[outcome] === answer.verdict) ?? null
}
