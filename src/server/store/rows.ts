import type { ParkingReason, Verdict } from '../../domain/index.ts'
import type { RecordRow } from './schema.ts'
import type { NewRecord, RecordState, StoredQuery, StoredRecord } from './store.ts'

/** A row of the statement `query`. */
export interface JoinedQuery {
  readonly id: string
  readonly question: string
  readonly ticket: string
  readonly received_at: number
  readonly answered_at: number | null
  readonly collected_at: number | null
  readonly verdict: string | null
  readonly sealed: Uint8Array | null
  readonly reason: string | null
  readonly source: string | null
  readonly not_before: number | null
}

/** The domain form of a stored query. */
export function toStoredQuery(row: JoinedQuery): StoredQuery {
  const base = { id: row.id, question: row.question, ticket: row.ticket, receivedAt: row.received_at }
  if (row.answered_at !== null && row.sealed !== null) {
    const verdict = row.verdict as Verdict
    return { ...base, state: 'answered', answeredAt: row.answered_at, verdict, sealed: row.sealed, collectedAt: row.collected_at }
  }
  return { ...base, state: 'waiting', reason: row.reason as ParkingReason | null, source: row.source, notBefore: row.not_before ?? 0 }
}

/** The domain form of a registry row. */
export function toStoredRecord(row: RecordRow): StoredRecord {
  return {
    key: row.key,
    kind: row.kind,
    code: row.code,
    number: row.number,
    issuedOn: row.issued_on,
    amountExTax: row.amount_ex_tax,
    tax: row.tax,
    amount: row.amount,
    checkCode: row.check_code,
    sellerName: row.seller_name,
    sellerTaxId: row.seller_tax_id,
    buyerName: row.buyer_name,
    buyerTaxId: row.buyer_tax_id,
    lines: row.lines,
    state: row.state as RecordState,
    updatedAt: row.updated_at,
  }
}

/** The row of a record. */
export function toRecordRow(record: NewRecord): RecordRow {
  return {
    key: record.key,
    kind: record.kind,
    code: record.code,
    number: record.number,
    issued_on: record.issuedOn,
    amount_ex_tax: record.amountExTax,
    tax: record.tax,
    amount: record.amount,
    check_code: record.checkCode,
    seller_name: record.sellerName,
    seller_tax_id: record.sellerTaxId,
    buyer_name: record.buyerName,
    buyer_tax_id: record.buyerTaxId,
    lines: record.lines,
    state: record.state,
    updated_at: record.updatedAt,
  }
}

const compared = [
  'kind',
  'code',
  'number',
  'issuedOn',
  'amountExTax',
  'tax',
  'amount',
  'checkCode',
  'sellerName',
  'sellerTaxId',
  'buyerName',
  'buyerTaxId',
  'lines',
  'state',
] as const satisfies readonly Exclude<keyof NewRecord, 'key' | 'updatedAt'>[]

/** True when two records of one invoice say the same, whenever they were loaded. */
export function sameRecord(a: NewRecord, b: NewRecord): boolean {
  return compared.every((field) => a[field] === b[field])
}
