import type { Answer, CalendarDate, Fen, Instant, SourceClass } from '../../domain/index.ts'
import { answerClass } from '../../domain/index.ts'

/** What a receipt may say came of a question, in the order of their codes. `ticket`: nobody could be asked yet. Codes are permanent. */
export const receiptStatuses = [
  'ticket',
  'confirmed',
  'mismatch',
  'not-found',
  'voided',
  'red-flushed-full',
  'red-flushed-partial',
  'out-of-range',
  'cannot-be-checked',
] as const
export type ReceiptStatus = (typeof receiptStatuses)[number]

/** Whose voice it was; null when no source said so. Codes are permanent. */
export const receiptClasses = new Map<SourceClass | null, number>([
  [null, 0],
  ['authority', 1],
  ['registry', 2],
  ['peer', 3],
  ['demo', 15],
])

/** The invoice a receipt is about: the values that the asker sent, never a source's. */
export interface ReceiptSubject {
  /** Null for invoices without one, and where the receipt could not tell code and number apart: then `number` holds both. */
  readonly code: string | null
  readonly number: string
  /** Null when the date cannot be written in a receipt. */
  readonly issuedOn: CalendarDate | null
  /** Price with tax. Null when it was not asked with, or cannot be written. */
  readonly amount: Fen | null
}

/** What a receipt says: this gateway got this answer at this time, from a source of this class, with data of that age, about this invoice. */
export interface ReceiptContents extends ReceiptSubject {
  readonly status: ReceiptStatus
  readonly class: SourceClass | null
  /** Whole seconds. */
  readonly at: Instant
  /** The age of the data, rounded up to minutes or hours: never younger than it was. */
  readonly asOf: Instant
  /** True when the data were even older than a receipt can say. */
  readonly orEarlier: boolean
}

/** The status and class that an answer has in a receipt. */
export function outcomeOf(answer: Pick<Answer, 'verdict' | 'redFlush' | 'sources'>): Pick<ReceiptContents, 'status' | 'class'> {
  const { verdict, redFlush } = answer
  const status = verdict === 'red-flushed' ? (redFlush === 'partial' ? 'red-flushed-partial' : 'red-flushed-full') : verdict
  return { status, class: answerClass(answer) }
}
