import {
  canonicalKey,
  emptyInvoice,
  formatMoney,
  isKind,
  normaliseTaxId,
  parseCheckCode,
  parseCode,
  parseDate,
  parseMoney,
  parseNumber,
} from '../../domain/index.ts'
import { recordStates, type NewRecord, type RecordState, type StoredRecord } from '../store/record.ts'
import { linesSchema } from './record.ts'

/** The columns of a registry file, in the order they are exported. `state` may be empty (normal); `lines` may be left out. */
export const columns = [
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
  'state',
  'lines',
] as const
export type Column = (typeof columns)[number]

/** The cells of one row by their column. */
export type Cells = Readonly<Partial<Record<Column, string>>>

/** A row that cannot be loaded; `message` says why, without the value. */
export class RowError extends Error {}

/**
 * Reads one row.
 * @throws {RowError} for a value that is wrong, or an identifier that is incomplete.
 */
export function toRecord(cells: Cells, now: number): NewRecord {
  const cell = (column: Column) => cells[column]?.trim() || null
  const read = <T>(column: Column, parse: (text: string) => T | null): T | null => {
    const text = cell(column)
    if (text === null) return null
    const value = parse(text)
    if (value === null) throw new RowError(`${column} is not valid`)
    return value
  }
  const need = <T>(column: Column, value: T | null): T => {
    if (value === null) throw new RowError(`${column} is missing`)
    return value
  }
  const kind = need(
    'kind',
    read('kind', (text) => (isKind(text) ? text : null)),
  )
  const code = read('code', parseCode)
  const number = need('number', read('number', parseNumber))
  const key = canonicalKey({ ...emptyInvoice(kind), code, number })
  if (key === null) throw new RowError('code is missing')
  return {
    key,
    kind,
    code,
    number,
    issuedOn: need('issuedOn', read('issuedOn', parseDate)),
    amountExTax: read('amountExTax', parseMoney),
    tax: read('tax', parseMoney),
    amount: read('amount', parseMoney),
    checkCode: read('checkCode', parseCheckCode),
    sellerName: cell('sellerName'),
    sellerTaxId: read('sellerTaxId', normaliseTaxId),
    buyerName: cell('buyerName'),
    buyerTaxId: read('buyerTaxId', normaliseTaxId),
    lines: read('lines', parseLines),
    state: read('state', parseState) ?? 'normal',
    updatedAt: now,
  }
}

function parseState(text: string): RecordState | null {
  return recordStates.find((state) => state === text) ?? null
}

function parseLines(text: string): string | null {
  try {
    const lines = linesSchema.safeParse(JSON.parse(text))
    return lines.success ? JSON.stringify(lines.data) : null
  } catch {
    return null
  }
}

/** The cells of a record, in the order of {@link columns}. */
export function toCells(record: StoredRecord): string[] {
  const money = (fen: number | null) => (fen === null ? '' : formatMoney(fen))
  const cells: Record<Column, string> = {
    kind: record.kind,
    code: record.code ?? '',
    number: record.number,
    issuedOn: record.issuedOn,
    amountExTax: money(record.amountExTax),
    tax: money(record.tax),
    amount: money(record.amount),
    checkCode: record.checkCode ?? '',
    sellerName: record.sellerName ?? '',
    sellerTaxId: record.sellerTaxId ?? '',
    buyerName: record.buyerName ?? '',
    buyerTaxId: record.buyerTaxId ?? '',
    state: record.state,
    lines: record.lines ?? '',
  }
  return columns.map((column) => cells[column])
}
