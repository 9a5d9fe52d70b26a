import { parseCode, parseDate, parseDigitalNumber, parseMoney, parseNumber, type Problem } from '../../domain/index.ts'
import { paperKind, type RawInvoice } from '../fields/index.ts'
import type { TextItem } from './item.ts'
import { readFares } from './fares.ts'
import { labelled, type Label, type Labelled } from './labels.ts'
import { compact, rowsOf, type Row } from './rows.ts'
import { readTable } from './table.ts'
import { readTaxi } from './taxi.ts'
import { titleWords } from './title.ts'
import { readVehicle } from './vehicle.ts'
import { wholeName } from './wrapped.ts'

/** What the printed text of one page says. Only values that fit their label are taken; the rest is left to other routes. */
export function readPageText(items: readonly TextItem[]): { readonly raw: RawInvoice; readonly problems: readonly Problem[] } {
  const rows = rowsOf(items)
  const found = rows.flatMap(labelled)
  const problems: Problem[] = []
  // Below the sums there is nothing but the seller of older forms, and remarks, which may say anything.
  const sumsAt = sumsOf(rows)?.y ?? Number.POSITIVE_INFINITY
  const value = (label: Label, fits: (text: string) => boolean, end = Number.POSITIVE_INFINITY): string | null => {
    // A number that stands nowhere else is better doubtful than none.
    const fitting = found.filter((one) => one.label === label && fits(one.value) && (label === 'number' || one.y < sumsAt))
    const above = fitting.filter(({ y }) => y < end)
    const values = new Set((above.length > 0 ? above : fitting).map((one) => one.value))
    if (fitting.length > 0 && above.length === 0)
      problems.push({ code: 'field-doubtful', message: `${label}: it stands low on the page, where it may be that of another invoice` })
    if (values.size > 1) problems.push({ code: 'field-ambiguous', message: `${label}: the page says two different things` })
    return values.size === 1 ? ([...values][0] ?? null) : null
  }
  const totals = totalsOf(rows, sumsAt, problems)
  const table = readTable(rows)
  const lines = table?.lines && addsUp(table.lines, totals.amountExTax) ? table.lines : []
  if (table && lines.length === 0)
    problems.push({ code: 'lines-unread', message: 'The page has a table of goods of which no line could be read' })
  if (table?.isMixed && lines.length > 0)
    problems.push({ code: 'field-doubtful', message: 'lines: a name of goods reaches into the column of models, and may hold one' })
  const headEnd = firstParty(found) + belowParty
  const title = titleOf(rows, found)
  // Rolls have one thing under the other, and the check code last.
  const checkCodeEnd = title?.includes('(卷') ? Number.POSITIVE_INFINITY : headEnd
  const code = value('code', (text) => parseCode(text) !== null, headEnd)
  const number = value('number', (text) => parseNumber(text) !== null, headEnd)
  const digital = value('digitalNumber', (text) => parseDigitalNumber(text) !== null, headEnd)
  return {
    raw: {
      title,
      kind: code !== null && digital !== null && title !== null ? paperKind(title) : null,
      code,
      number: number ?? (code === null ? digital : null),
      issuedOn: value('issuedOn', (text) => parseDate(text) !== null),
      checkCode: value('checkCode', (text) => /^(?:(?:\d{5}\s*){4}|[0-9a-zA-Z]{6})$/.test(text), checkCodeEnd),
      ...totals,
      amount: totals.amount ?? value('fare', (text) => parseMoney(text) !== null),
      ...readFares(rows),
      ...parties(found, items, sumsAt),
      ...readVehicle(rows, found),
      ...(title?.includes('出租') && readTaxi(rows)),
      lines,
    },
    problems,
  }
}

/** The words over the invoice. Below the parties the same words may stand in a remark, which says nothing of this invoice. */
function titleOf(rows: readonly Row[], found: readonly Labelled[]): string | null {
  const end = Math.min(firstParty(found), top)
  return rows.filter(({ y }) => y < end).flatMap(({ text }) => titleWords.exec(text)?.[0] ?? [])[0] ?? null
}

/** The height of the first name of a party; infinite where there is none. */
function firstParty(found: readonly Labelled[]): number {
  return Math.min(...found.filter(({ label }) => label === 'name' || label === 'buyerNameFull').map(({ y }) => y))
}

/** Code and number of an invoice stand above its parties, or beside the first of them. What stands lower is a remark. Millimetres. */
const belowParty = 12

/** Buyer and seller stand side by side (left, right) on 数电票, one above the other on older invoices. */
function parties(
  found: readonly Labelled[],
  items: readonly TextItem[],
  sumsAt: number,
): Pick<RawInvoice, 'buyerName' | 'buyerTaxId' | 'sellerName' | 'sellerTaxId'> {
  const inOrder = (label: Label) =>
    found.filter((one) => one.label === label).toSorted((a, b) => (Math.abs(a.y - b.y) < 3 ? a.x - b.x : a.y - b.y))
  const [buyerFull] = inOrder('buyerNameFull').filter(({ y }) => y < sumsAt)
  const [sellerFull] = inOrder('sellerNameFull')
  const names = ofBoxes(inOrder('name'), sumsAt)
  const idLabels = inFullOrder(ofBoxes(inOrder('taxId'), sumsAt), buyerFull, sellerFull)
  const ids = idLabels.map((label) => taxIdIn(label.value) ?? taxIdIn(idUnder(label, items)))
  // With one label only nobody can tell whose it is.
  const pair = names.length === 2 ? sideBySide(names) : []
  const idPair = ids.length === 2 ? ids : []
  // Some forms have the seller first; the headings beside the boxes say so.
  const sides = pair.map((name) => sideOf(name, items))
  const [buyer, seller] = sides[0] === 'seller' && sides[1] === 'buyer' ? [1, 0] : [0, 1]
  // An id belongs to the name over it in its box; boxes of different heights may lie side by side.
  const inBoxes = pair.map(({ x, y }) => {
    const under = idLabels.flatMap((id, at) => (Math.abs(id.x - x) < sameColumn && id.y > y ? [{ at, y: id.y }] : []))
    return under.toSorted((one, other) => one.y - other.y)[0]?.at
  })
  const isBoxed = inBoxes.length === 2 && inBoxes[0] !== inBoxes[1] && !inBoxes.includes(undefined)
  const idOf = (index: number) => (isBoxed ? (ids[inBoxes[index] ?? -1] ?? null) : (idPair[index] ?? null))
  const nameOf = (name: Labelled | undefined) => (name ? wholeName(name, found, items) : null)
  return {
    buyerName: nameOf(pair[buyer]) ?? buyerFull?.printed ?? null,
    sellerName: nameOf(pair[seller]) ?? sellerFull?.printed ?? null,
    // Tickets and 财政票据 name the buyer's only.
    buyerTaxId: idOf(buyer) ?? (ids.length === 1 && names.length === 0 && buyerFull ? (ids[0] ?? null) : null),
    sellerTaxId: idOf(seller),
  }
}

/** Names of boxes side by side from left to right, however high they stand in them. */
function sideBySide(names: readonly Labelled[]): readonly Labelled[] {
  const [first, second] = names
  return first && second && first.x - second.x > 4 * sameColumn ? [second, first] : names
}

/** A tax id too long for its box stands under its label, behind what the label itself has too much; empty where there is none. */
function idUnder({ x, y }: Labelled, items: readonly TextItem[]): string {
  const under = items.filter((item) => Math.abs(item.x - x) < 3 && item.y - y > sameLine && item.y - y < 8)
  return under.flatMap(({ text }) => /^(?:\/?[纳税人识别号]{1,6}:)?([0-9A-Z]{15,20})$/.exec(compact(text))?.[1] ?? [])[0] ?? ''
}

/** Where the parties' labels say whose names they are, a tax id is that of the name above it: the buyer's first, whatever the form's order. */
function inFullOrder(ids: readonly Labelled[], buyer: Labelled | undefined, seller: Labelled | undefined): readonly Labelled[] {
  if (!buyer || !seller) return ids
  const [upper, lower] = buyer.y < seller.y ? [buyer, seller] : [seller, buyer]
  const ofLower = (id: Labelled) => id.y > lower.y - sameLine
  const isApart = ids.length === 2 && ids.every(({ y }) => y > upper.y - sameLine) && ids.filter(ofLower).length === 1
  return isApart && upper === seller ? ids.toSorted((a, b) => Number(ofLower(b)) - Number(ofLower(a))) : ids
}
const sameLine = 1.4

/** The labels of the parties' boxes: two above the sums, or one and the next one right below it (older forms). The others are remarks. */
function ofBoxes(list: readonly Labelled[], sumsAt: number): readonly Labelled[] {
  const above = list.filter(({ y }) => y < sumsAt)
  const [first] = above
  if (above.length !== 1 || !first) return above
  return [first, ...list.filter(({ x, y }) => y > sumsAt && Math.abs(x - first.x) < sameColumn).slice(0, 1)]
}

/** Labels set under one another begin this near to each other, in whatever way they are spread. Millimetres. */
const sameColumn = 10

/** Whose box a name stands in, by the nearest heading to the left of it (购买方信息, or its first character set upright). */
function sideOf({ x, y }: Labelled, items: readonly TextItem[]): 'buyer' | 'seller' | null {
  const heading = /^(购|销)(?:[买售货]?[方单][信位]?息?)?$/
  const near = items
    .flatMap((item) => {
      const match = heading.exec(compact(item.text))
      return match && item.x < x ? [{ side: match[1], distance: Math.hypot(item.x - x, item.y - y) }] : []
    })
    .toSorted((a, b) => a.distance - b.distance)[0]
  return near === undefined ? null : near.side === '购' ? 'buyer' : 'seller'
}

function taxIdIn(text: string): string | null {
  return taxId.exec(compact(text).toUpperCase())?.[0] ?? null
}

/** A tax id as long as those that there are (15, 17, 18 or 20): a longer run is two things read as one. */
const taxId = /^(?:[0-9A-Z]{15}|[0-9A-Z]{17,18}|[0-9A-Z]{20})(?![0-9A-Z])/

/** No title stands lower than this. Millimetres. */
const top = 60

/** An amount that ends where it seems to: two of them printed over one another are none. */
const money = String.raw`-?[\d,]+\.\d{2}(?![\d.,])`
const netRow = new RegExp(`^合计[¥Y](${money})(?:[¥Y](${money})|\\*+)?`)
const grossRow = new RegExp(`(?:价税|金额)合计\\(大写\\):?[⊗ⓧ]?(.*?)\\(小写\\):?[¥Y]?(${money})`)
/** On narrow forms words and figures do not stand on one line. */
const smallRow = new RegExp(`\\(小写\\):?[¥Y]?(${money})$`)

/** The line of the sum with tax, or what there is of it. */
function sumsOf(rows: readonly Row[]): Row | undefined {
  const first = (pattern: RegExp) => rows.find(({ text }) => pattern.test(text.replace(/-[¥Y]/g, '¥-')))
  return first(grossRow) ?? first(/^价税合计/)
}

function totalsOf(
  rows: readonly Row[],
  sumsAt: number,
  problems: Problem[],
): Pick<RawInvoice, 'amountExTax' | 'tax' | 'amount' | 'amountInWords'> {
  const only = (pattern: RegExp, what: string, among = rows) => {
    // Red ones put the sign on either side of the currency.
    const found = among.flatMap(({ text }) => [pattern.exec(text.replace(/-[¥Y]/g, '¥-'))].filter((match) => match !== null))
    const said = new Set(found.map((match) => JSON.stringify(match.slice(1))))
    if (said.size > 1) problems.push({ code: 'field-ambiguous', message: `${what}: the page says two different things` })
    return said.size === 1 ? found[0] : undefined
  }
  const net = only(
    netRow,
    'amountExTax',
    rows.filter(({ y }) => y < sumsAt),
  )
  const gross = only(grossRow, 'amount')
  const amount = gross ?? only(smallRow, 'amount')
  return { amountExTax: net?.[1] ?? null, tax: net?.[2] ?? null, amountInWords: gross?.[1] || null, amount: amount?.at(-1) ?? null }
}

/** Goods lines read from a page count only when they make up its sum. */
function addsUp(lines: readonly { readonly amount?: string | null }[], total: string | null | undefined): boolean {
  const sum = lines.reduce((fen, { amount }) => fen + (parseMoney(amount ?? '') ?? Number.NaN), 0)
  return total !== null && total !== undefined && sum === parseMoney(total)
}
