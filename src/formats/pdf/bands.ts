import { parseNumber } from '../../domain/index.ts'
import { labelled } from '../page-text/labels.ts'
import { rowsOf, type Row } from '../page-text/rows.ts'
import { titleWords } from '../page-text/title.ts'
import type { TextItem } from '../page-text/index.ts'
import type { Box } from './page/index.ts'

/** A part of a page that holds one invoice. `y` of its items counts from its top. */
export interface Band {
  readonly items: readonly TextItem[]
  readonly top: number
  readonly bottom: number
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

/** Cuts a page into bands where the numbers of several invoices stand below one another; two or more may be printed on one sheet. */
export function bandsOf(items: readonly TextItem[], qrs: readonly Box[]): Band[] {
  const whole: Band = { items, top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY }
  const rows = rowsOf(items)
  const starts: { number: string; y: number }[] = []
  for (const { label, value, y } of rows.flatMap(labelled)) {
    if (label !== 'number' || parseNumber(value) === null || starts.some(({ number }) => number === value)) continue
    starts.push({ number: value, y })
  }
  const ys = headed(
    starts.map(({ y }) => y),
    rows,
    qrs,
  ).toSorted((a, b) => a - b)
  if (ys.length < 2 || ys.some((y, index) => index > 0 && y - (ys[index - 1] ?? 0) < oneInvoice)) return [whole]
  const tops = ys.map((y) => {
    const texts = rows.filter((row) => row.y <= y && y - row.y < head && /发票|票据|行程单|客票/.test(row.text)).map((row) => row.y - above)
    const codes = qrs.filter(({ top, bottom }) => top < y + head && bottom > y - head && top > y - 2 * head).map(({ top }) => top)
    return Math.min(y - above, ...texts, ...codes)
  })
  return tops.map((start, index) => {
    const top = index === 0 ? Number.NEGATIVE_INFINITY : start
    const bottom = tops[index + 1] ?? Number.POSITIVE_INFINITY
    const own = items.filter(({ y }) => y >= top && y < bottom)
    return { items: index === 0 ? own : own.map((item) => ({ ...item, y: item.y - start })), top, bottom }
  })
}

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
