import type { ParkingReason, SourceStatement, Verdict } from '../../domain/index.ts'
import type { AnswerRow, QueryRow, QuestionRow, RecordRow, WordRow } from './schema.ts'
import type { NewRecord, RecordState, StoredRecord } from './record.ts'
import type { Word } from './shared.ts'
import { matching, wrong, type KnownAnswer, type OpenQuestion, type StoredQuery, type Tally, type WaitingQuery } from './store.ts'

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
  readonly turn: number
}

/** The domain form of a stored query. */
export function toStoredQuery(row: JoinedQuery): StoredQuery {
  const base = { id: row.id, question: row.question, ticket: row.ticket, receivedAt: row.received_at }
  if (row.answered_at !== null && row.sealed !== null) {
    const verdict = row.verdict as Verdict
    return { ...base, state: 'answered', answeredAt: row.answered_at, verdict, sealed: row.sealed, collectedAt: row.collected_at }
  }
  if (row.answered_at !== null) return { ...base, state: 'refused', refusedAt: row.answered_at, collectedAt: row.collected_at }
  const { reason, source, not_before: notBefore, turn } = row
  return { ...base, state: 'waiting', reason: reason as ParkingReason | null, source, notBefore: notBefore ?? 0, turn }
}

/** A row of the statements that lend questions. */
export type LentQuestion = Pick<QuestionRow, 'question' | 'invoice' | 'elements' | 'statements' | 'source' | 'turn' | 'shared'>

/** The domain form of a question that is lent. */
export function toOpenQuestion({ statements, shared, ...question }: LentQuestion): OpenQuestion {
  return { ...question, isShared: shared === 1, statements: JSON.parse(statements) as SourceStatement[] }
}

/** A row of the statements that tell who waits for a question. */
export type WaitingRow = Pick<QueryRow, 'id' | 'sender' | 'turn' | 'wary' | 'received_at'>
/** The newest answer to a question. */
export type NewestRow = Pick<AnswerRow, 'id' | 'verdict' | 'answered_at'>

/** The domain form of a query that waits. */
export function toWaitingQuery({ id, sender, turn, wary, received_at: receivedAt }: WaitingRow): WaitingQuery {
  return { id, sender, turn, wary: wary === 1, receivedAt }
}

/** The domain form of the newest answer. */
export function toKnownAnswer(row: NewestRow | undefined): KnownAnswer | null {
  return row === undefined ? null : { id: row.id, verdict: row.verdict as Verdict, answeredAt: row.answered_at }
}

/** Sums are null where nothing was added up, and text for an engine that fears large ones. */
export function toTally(row: { matched: unknown; wrong: unknown } | undefined): Tally {
  return { matched: Number(row?.matched ?? 0), wrong: Number(row?.wrong ?? 0) }
}

/** What a verdict adds to the tally of whoever asked; null: nothing. */
export function talliedAs(verdict: Verdict): Tally | null {
  if (matching.includes(verdict)) return { matched: 1, wrong: 0 }
  return wrong.includes(verdict) ? { matched: 0, wrong: 1 } : null
}

/** The domain form of a gateway's word. */
export function toWord({ told_at: toldAt, state, ...word }: WordRow): Word {
  return { ...word, state: state as Word['state'], toldAt }
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
