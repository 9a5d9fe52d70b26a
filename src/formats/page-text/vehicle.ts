import type { RawInvoice } from '../fields/index.ts'
import type { Labelled } from './labels.ts'
import { compact, type Row } from './rows.ts'

/** Over an invoice for a vehicle, new or used. */
const title = /(?:机动车|二手车)销售统一发票/

const money = String.raw`\(?(?:小写)?\)?:?¥?(-?[\d,]+\.\d{2})(?![\d.,])`
const sums = {
  amount: new RegExp(`^(?:价税|车价)合计(?:\\(大写\\))?:?[⊗ⓧ]?([^\\d(]*?)${money}`),
  amountExTax: new RegExp(`不含税价(?:格)?(?:\\(大写\\)[^\\d(]*)?${money}`),
  tax: new RegExp(`增值税税额:?${money}`),
} as const

/** Boxes of a party are not higher than this. Millimetres. */
const box = 12
const sameLine = 1.4

/** What an invoice for a vehicle says in boxes that others do not have: its sums, and its parties with an id beside or under each. */
export function readVehicle(
  rows: readonly Row[],
  found: readonly Labelled[],
): Pick<RawInvoice, 'amountExTax' | 'tax' | 'amount' | 'amountInWords' | 'buyerName' | 'buyerTaxId' | 'sellerName' | 'sellerTaxId'> {
  if (!rows.some(({ text }) => title.test(text))) return {}
  const gross = only(rows, sums.amount)
  const said = {
    amount: gross?.[2] ?? null,
    amountInWords: gross?.[1] || null,
    amountExTax: only(rows, sums.amountExTax)?.[1] ?? null,
    tax: only(rows, sums.tax)?.[1] ?? null,
  }
  const [buyers, sellers] = (['buyerNameFull', 'sellerNameFull'] as const).map((label) => found.filter((one) => one.label === label))
  const [buyer, seller] = [buyers?.[0], sellers?.[0]]
  if (!buyer || !seller || buyers?.length !== 1 || sellers?.length !== 1) return known(said)
  return known({
    ...said,
    // The box of a person's name holds the number of their identity card as well.
    buyerName: buyer.printed.replace(/[\s\/]*[0-9A-Z*-]{8,20}$/i, ''),
    sellerName: seller.printed,
    buyerTaxId: idOf(buyer, seller, found),
    sellerTaxId: idOf(seller, buyer, found),
  })
}

/** What only one line says. */
function only(rows: readonly Row[], pattern: RegExp): RegExpExecArray | undefined {
  const [first, second] = rows.map(({ text }) => pattern.exec(text)).filter((match) => match !== null)
  return second ? undefined : first
}

/** The id in a party's box: beside its name or under it, and not nearer to the other's. */
function idOf(own: Labelled, other: Labelled, found: readonly Labelled[]): string | null {
  const from = own.y - sameLine
  const end = Math.min(own.y + box, other.y > own.y + sameLine ? other.y - sameLine : Number.POSITIVE_INFINITY)
  const ids = found.filter(({ label, y }) => label === 'taxId' && y > from && y < end).toSorted((a, b) => a.y - b.y)
  return /^(?:[0-9A-Z]{15}|[0-9A-Z]{17,18}|[0-9A-Z]{20})(?![0-9A-Z])/.exec(compact(ids[0]?.value ?? '').toUpperCase())?.[0] ?? null
}

/** Without what is not said: that is left to the other ways of reading. */
function known<T extends object>(said: T): Partial<T> {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null && value !== '')) as Partial<T>
}
