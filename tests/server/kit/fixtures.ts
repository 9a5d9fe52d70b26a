import type { WireQuery } from '../../../src/api/index.ts'

/** A query id: UUIDv7 in form, told apart by a number. */
export function idOf(count: number): string {
  return `019a0000-0000-7000-8000-${String(count).padStart(12, '0')}`
}

/** An invented 20-digit number of region 11. */
export function numberOf(count: number): string {
  return `2611200${String(count).padStart(13, '0')}`
}

/** A question about an invented 数电 invoice, issued two months before the tests' present. */
export function queryOf(count: number, more: Partial<WireQuery> & { force?: boolean } = {}): WireQuery {
  return { id: idOf(count), kind: 'digital-ordinary', number: numberOf(count), issuedOn: '2026-09-24', amount: '106.00', ...more }
}

export const csvHeader = 'kind,code,number,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state'

/** The registry row that agrees with {@link queryOf}. */
export function rowOf(count: number, state = 'normal'): string {
  return `digital-ordinary,,${numberOf(count)},2026-09-24,100.00,6.00,106.00,,SELLER-${count},,BUYER-${count},,${state}`
}

/** A registry file. */
export function csvOf(rows: readonly string[]): string {
  return [csvHeader, ...rows, ''].join('\r\n')
}
