import { parseNumber } from '../../domain/index.ts'
import { labelled } from '../page-text/labels.ts'
import { rowsOf, type Row } from '../page-text/rows.ts'
import { hasTitle, titleWords } from '../page-text/title.ts'
import type { TextItem } from '../page-text/index.ts'
import type { Box } from './page/index.ts'

/** A part of a page that holds one invoice. `x` and `y` of its items count from its own corner. */
export interface Band {
  readonly items: readonly TextItem[]
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The head of an invoice (title, QR, code) lies this near to its number. Millimetres. */
const head = 16
/** Numbers nearer to each other than this are of one invoice. */
const oneInvoice = 40
/** Letters reach above their baseline. */
const above = 5

/** The numbers printed on a page. */
export function numbersOf(items: readonly TextItem[]): string[] {
  const found = rowsOf(items)
    .flatMap(labelled)
    .filter(({ label }) => label === 'number')
    .map(({ value }) => parseNumber(value))
  return [...new Set(found.filter((number) => number !== null))]
}

interface Start {
  readonly number: string
  readonly x: number
  readonly y: number
}

/** Cuts a page into bands where the numbers of several invoices stand below or beside one another; two or more may be printed on one sheet. */
export function bandsOf(items: readonly TextItem[], qrs: readonly Box[]): Band[] {
  const rows = rowsOf(items)
  const starts: Start[] = []
  for (const { label, value, x, y } of rows.flatMap(labelled)) {
    if (label !== 'number' || parseNumber(value) === null || starts.some(({ number }) => number === value)) continue
    starts.push({ number: value, x, y })
  }
  return cutAcross(items, rows, starts, qrs).flatMap((band) => cutDown(band, starts, qrs))
}

function cutAcross(items: readonly TextItem[], rows: readonly Row[], starts: readonly Start[], qrs: readonly Box[]): Band[] {
  const whole: Band = { items, top: -infinite, bottom: infinite, left: -infinite, right: infinite }
  const ys = headed(
    starts.map(({ y }) => y),
    rows,
    qrs,
  )
    .toSorted((a, b) => a - b)
    // Of those side by side the upper one tells.
    .filter((y, index, all) => index === 0 || y - (all[index - 1] ?? 0) > sideBySide)
  if (ys.length < 2 || ys.some((y, index) => index > 0 && y - (ys[index - 1] ?? 0) < oneInvoice)) return [whole]
  const tops = ys.map((y) => {
    const texts = rows.filter((row) => row.y <= y && y - row.y < head && /发票|票据|行程单|客票/.test(row.text)).map((row) => row.y - above)
    const codes = qrs.filter(({ top, bottom }) => top < y + head && bottom > y - head && top > y - 2 * head).map(({ top }) => top)
    return Math.min(y - above, ...texts, ...codes)
  })
  return tops.map((start, index) => {
    const top = index === 0 ? -infinite : start
    const bottom = tops[index + 1] ?? infinite
    const own = items.filter(({ y }) => y >= top && y < bottom)
    return { ...whole, items: index === 0 ? own : own.map((item) => ({ ...item, y: item.y - start })), top, bottom }
  })
}

/** Numbers side by side stand as level as this. Millimetres. */
const sideBySide = 5
const infinite = Number.POSITIVE_INFINITY

/**
 * Cuts a band where two numbers stand beside one another: an invoice begins as far left of its number as the one before it does, and nothing is
 * printed across. What cannot be cut so stays one, and is told by its two numbers.
 */
function cutDown(band: Band, starts: readonly Start[], qrs: readonly Box[]): Band[] {
  const own = starts.filter(({ y }) => y >= band.top && y < band.bottom).toSorted((a, b) => a.x - b.x)
  const [first, second, third] = own
  if (!first || !second || third || Math.abs(first.y - second.y) > sideBySide) return [band]
  const boxes = qrs.filter(({ top, bottom }) => top < band.bottom && bottom > band.top)
  const extents = [...band.items.map(({ x, right }) => ({ left: x, right })), ...boxes.map(({ left, right }) => ({ left, right }))]
  const begins = second.x - first.x + extents.reduce((least, { left }) => Math.min(least, left), infinite)
  // The gap that ends where the second one begins.
  const before = extents.filter(({ left }) => left < begins - narrow).reduce((most, { right }) => Math.max(most, right), -infinite)
  const at = extents.filter(({ left }) => left >= begins - narrow).reduce((least, { left }) => Math.min(least, left), infinite)
  if (!(before + gutter <= at) || before < first.x) return [band]
  const within = (from: number, to: number): Band => ({
    ...band,
    items: band.items
      .filter(({ x }) => x >= from && x < to)
      .map((item) => ({ ...item, x: item.x - shift(from), right: item.right - shift(from) })),
    left: from,
    right: to,
  })
  const parts = [within(-infinite, at), within(at, infinite)]
  return parts.every((part) => hasTitle(part.items)) ? parts : [band]
}

/** Between two invoices there is at least this. Millimetres. */
const gutter = 2
/** Beginnings of invoices of one form differ by less than this. Millimetres. */
const narrow = 8
const shift = (from: number) => (from === -infinite ? 0 : from)

/** The numbers in the head of an invoice: those nearest to a title or a QR. Others stand in remarks. */
function headed(numbers: readonly number[], rows: readonly Row[], qrs: readonly Box[]): number[] {
  const marks = [
    ...rows.filter(({ text }) => titleWords.test(text)).map(({ y }) => ({ top: y, bottom: y })),
    ...qrs.map(({ top, bottom }) => ({ top, bottom })),
  ]
  const near = marks.flatMap(({ top, bottom }) => {
    const distance = (y: number) => Math.max(top - y, y - bottom, 0)
    return numbers.filter((y) => distance(y) < head).toSorted((a, b) => distance(a) - distance(b))[0] ?? []
  })
  return [...new Set(near)]
}
