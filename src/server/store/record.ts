import type { CalendarDate, Instant } from '../../domain/index.ts'

/** An issued invoice as the registry has it. Money in fen; null: not recorded. */
export interface NewRecord {
  readonly key: string
  readonly kind: string
  readonly code: string | null
  readonly number: string
  readonly issuedOn: CalendarDate
  readonly amountExTax: number | null
  readonly tax: number | null
  readonly amount: number | null
  readonly checkCode: string | null
  readonly sellerName: string | null
  readonly sellerTaxId: string | null
  readonly buyerName: string | null
  readonly buyerTaxId: string | null
  /** JSON array of lines as the wire has them. */
  readonly lines: string | null
  readonly state: RecordState
  readonly updatedAt: Instant
}
export type StoredRecord = NewRecord

export const recordStates = ['normal', 'voided', 'red-flushed'] as const
export type RecordState = (typeof recordStates)[number]

/** What became of a record that was put. */
export type Put = 'added' | 'unchanged' | 'changed'
