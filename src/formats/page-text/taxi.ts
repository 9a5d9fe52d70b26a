import { parseDate, parseMoney } from '../../domain/index.ts'
import type { RawInvoice } from '../fields/index.ts'
import type { Row } from './rows.ts'

/** Day and sum of a taxi receipt, which has words of its own for them. Of two sums (fare, and what was paid) neither is taken. */
export function readTaxi(rows: readonly Row[]): Pick<RawInvoice, 'issuedOn' | 'amount'> {
  const issuedOn = only(rows, /^日期:?(\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?)$/, (text) => parseDate(text.replace(/[./]/g, '-')) !== null)
  const amount = only(rows, /^(?:实收)?金额:?¥?(\d+(?:\.\d{1,2})?)元?$/, (text) => parseMoney(text) !== null)
  return { ...(issuedOn !== null && { issuedOn: issuedOn.replace(/[./]/g, '-') }), ...(amount !== null && { amount }) }
}

function only(rows: readonly Row[], pattern: RegExp, fits: (text: string) => boolean): string | null {
  const [first, second] = rows.flatMap(({ text }) => pattern.exec(text)?.[1] ?? []).filter(fits)
  return first !== undefined && second === undefined ? first : null
}
