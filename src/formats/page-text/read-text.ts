import type { Line, Problem } from '../../domain/index.ts'
import { toReading, type RawInvoice, type Reading } from '../fields/index.ts'
import { unreadable, type TextItem } from './item.ts'
import { readPageText } from './page.ts'
import { compact, rowsOf } from './rows.ts'
import { atUsualSize } from './usual-size.ts'

/** The cipher of old VAT invoices (密码区) stands beside the buyer and must not run into its name. */
const cipher = /^[\d<>*+/-]{10,}$/

/** Texts on baselines nearer than this, of which one covers more than this share of the other, cannot both be read. Millimetres. */
const sameLine = 0.8
const most = 0.6

/** What the printed text of an invoice says. A value with a character of which only the shape is known is left out. */
export function readText(items: readonly TextItem[]): Reading {
  const { raw, problems } = readPageText(atUsualSize(items.filter(({ text }) => !isCipher(text))))
  const left: string[] = []
  const known = Object.fromEntries(
    Object.entries(raw).map(([field, value]) => {
      if (!JSON.stringify(value ?? '').includes(unreadable)) return [field, value]
      left.push(field)
      return [field, field === 'lines' ? [] : null]
    }),
  ) as RawInvoice
  const doubts: Problem[] = left.map((field) => ({
    code: 'field-unreadable',
    message: `${field}: the font does not say what its characters are`,
  }))
  const reading = toReading(known, 'text')
  return { ...reading, problems: [...reading.problems, ...problems, ...doubts] }
}

/** {@link readText} where it is known how wide texts are: those that lie over one another are told. */
export function readMeasuredText(items: readonly TextItem[]): Reading {
  const reading = readText(items)
  if (!isOverlapping(items, reading.invoice.lines)) return reading
  const message = 'Texts lie over one another on the page; which of them is seen cannot be told'
  return { ...reading, problems: [...reading.problems, { code: 'text-overlapping', message }] }
}

/** Whether two different texts are printed in the same place, as on a page where somebody wrote over another value. */
function isOverlapping(items: readonly TextItem[], lines: readonly Line[]): boolean {
  return rowsOf(items).some((row) => {
    let before: TextItem | null = null
    for (const item of row.items) {
      const width = item.right - item.x
      if (
        before &&
        Math.abs(before.y - item.y) < sameLine &&
        width > 0 &&
        before.right - item.x > most * Math.min(width, before.right - before.x) &&
        !areOfOneLine(before, item, lines)
      )
        return true
      if (!before || item.right > before.right) before = item
    }
    return false
  })
}

/** A price of many digits lies over the quantity beside it. Both are printed for good where they make up the amount. */
function areOfOneLine(one: TextItem, other: TextItem, lines: readonly Line[]): boolean {
  const texts = [compact(one.text), compact(other.text)]
  return lines.some(
    ({ quantity, unitPrice, amount }) =>
      quantity !== null &&
      unitPrice !== null &&
      amount !== null &&
      texts.includes(quantity) &&
      texts.includes(unitPrice) &&
      Math.abs(Number(quantity) * Number(unitPrice) * 100 - amount) < 1,
  )
}

function isCipher(text: string): boolean {
  const plain = text.replace(/\s/g, '')
  return cipher.test(plain) && plain.replace(/[^<>*+]/g, '').length >= 3
}

/** Whether so much of a page's text is shapes only that its fields cannot be found. */
export function isUnreadable(items: readonly TextItem[]): boolean {
  const text = items.map((item) => item.text).join('')
  return text.split(unreadable).length - 1 > 0.2 * text.length
}
