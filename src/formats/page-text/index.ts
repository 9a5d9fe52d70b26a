import { parseCode, parseDate, parseMoney, parseNumber, type Problem } from '../../domain/index.ts'
import type { RawInvoice } from '../fields/index.ts'
import type { TextItem } from './item.ts'
import { readFares } from './fares.ts'
import { labelled, type Label, type Labelled } from './labels.ts'
import { rowsOf, type Row } from './rows.ts'
import { readTable } from './table.ts'

export type { TextItem } from './item.ts'
export { compact } from './rows.ts'

/** What the printed text of one page says. Only values that fit their label are taken; the rest is left to other routes. */
export function readPageText(items: readonly TextItem[]): { readonly raw: RawInvoice; readonly problems: readonly Problem[] } {
  const rows = rowsOf(items)
  const found = rows.flatMap(labelled)
  const problems: Problem[] = []
  const value = (label: Label, fits: (text: string) => boolean): string | null => {
    const values = new Set(found.filter((one) => one.label === label && fits(one.value)).map((one) => one.value))
    if (values.size > 1) problems.push({ code: 'field-ambiguous', message: `${label}: the page says two different things` })
    return values.size === 1 ? ([...values][0] ?? null) : null
  }
  const totals = totalsOf(rows, problems)
  const lines = readTable(rows)
  return {
    raw: {
      title: titleOf(rows, found),
      code: value('code', (text) => parseCode(text) !== null),
      number: value('number', (text) => parseNumber(text) !== null),
      issuedOn: value('issuedOn', (text) => parseDate(text) !== null),
      checkCode: value('checkCode', (text) => /^(?:(?:\d{5}\s*){4}|[0-9a-zA-Z]{6})$/.test(text)),
      ...totals,
      amount: totals.amount ?? value('fare', (text) => parseMoney(text) !== null),
      ...readFares(rows),
      ...parties(found),
      lines: lines && addsUp(lines, totals.amountExTax) ? lines : [],
    },
    problems,
  }
}

const titleWords =
  /电子发票\([^()]{0,30}(?:\([^()]{0,10}\))?[^()]{0,10}\)|[^:\d]{0,30}(?:专用发票|普通发票(?:\(卷[票式]?\))?|销售统一发票|电子票据|收费票据)/

/** The words over the invoice. Below the parties the same words may stand in a remark, which says nothing of this invoice. */
function titleOf(rows: readonly Row[], found: readonly Labelled[]): string | null {
  const parties = found.filter(({ label }) => label === 'name' || label === 'buyerNameFull').map(({ y }) => y)
  const end = Math.min(...parties, top)
  return rows.filter(({ y }) => y < end).flatMap(({ text }) => titleWords.exec(text)?.[0] ?? [])[0] ?? null
}

/** Buyer and seller stand side by side (left, right) on 数电票, one above the other on older invoices. */
function parties(found: readonly Labelled[]): Pick<RawInvoice, 'buyerName' | 'buyerTaxId' | 'sellerName' | 'sellerTaxId'> {
  const inOrder = (label: Label) =>
    found.filter((one) => one.label === label).toSorted((a, b) => (Math.abs(a.y - b.y) < 3 ? a.x - b.x : a.y - b.y))
  const named = (label: Label) => inOrder(label)[0]?.value ?? null
  const names = inOrder('name')
  const ids = inOrder('taxId').map(({ value }) => /^[0-9A-Z]{15,20}/.exec(value.toUpperCase())?.[0] ?? null)
  // With one label only nobody can tell whose it is.
  const pair = names.length === 2
  return {
    buyerName: named('buyerNameFull') ?? (pair ? (names[0]?.value ?? null) : null),
    sellerName: named('sellerNameFull') ?? (pair ? (names[1]?.value ?? null) : null),
    // Tickets and 财政票据 name the buyer's only.
    buyerTaxId: ids.length === 2 || (ids.length === 1 && names.length === 0 && named('buyerNameFull') !== null) ? (ids[0] ?? null) : null,
    sellerTaxId: ids.length === 2 ? (ids[1] ?? null) : null,
  }
}

/** No title stands lower than this. Millimetres. */
const top = 60

/** An amount that ends where it seems to: two of them printed over one another are none. */
const money = String.raw`-?[\d,]+\.\d{2}(?![\d.,])`
const netRow = new RegExp(`^合计¥(${money})(?:¥(${money})|\\*+)?`)
const grossRow = new RegExp(`(?:价税|金额)合计\\(大写\\):?[⊗ⓧ]?(.*?)\\(小写\\):?¥?(${money})`)

function totalsOf(rows: readonly Row[], problems: Problem[]): Pick<RawInvoice, 'amountExTax' | 'tax' | 'amount' | 'amountInWords'> {
  const only = (pattern: RegExp, what: string) => {
    const found = rows.flatMap(({ text }) => [pattern.exec(text)].filter((match) => match !== null))
    const said = new Set(found.map((match) => JSON.stringify(match.slice(1))))
    if (said.size > 1) problems.push({ code: 'field-ambiguous', message: `${what}: the page says two different things` })
    return said.size === 1 ? found[0] : undefined
  }
  const net = only(netRow, 'amountExTax')
  const gross = only(grossRow, 'amount')
  return { amountExTax: net?.[1] ?? null, tax: net?.[2] ?? null, amountInWords: gross?.[1] || null, amount: gross?.[2] ?? null }
}

/** Goods lines read from a page count only when they make up its sum. */
function addsUp(lines: readonly { readonly amount?: string | null }[], total: string | null | undefined): boolean {
  const sum = lines.reduce((fen, { amount }) => fen + (parseMoney(amount ?? '') ?? Number.NaN), 0)
  return total !== null && total !== undefined && sum === parseMoney(total)
}
