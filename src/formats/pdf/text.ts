import type { Problem } from '../../domain/index.ts'
import { toReading, type RawInvoice, type Reading } from '../fields/index.ts'
import { readPageText, type TextItem } from '../page-text/index.ts'
import { unreadable } from './font/index.ts'

/** The cipher of old VAT invoices (密码区) stands beside the buyer and must not run into its name. */
const cipher = /^[\d<>*+/-]{10,}$/

/** What the printed text of an invoice says. A value with a character of which only the shape is known is left out. */
export function readText(items: readonly TextItem[]): Reading {
  const { raw, problems } = readPageText(items.filter(({ text }) => !isCipher(text)))
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

function isCipher(text: string): boolean {
  const plain = text.replace(/\s/g, '')
  return cipher.test(plain) && plain.replace(/[^<>*+]/g, '').length >= 3
}

/** Whether so much of a page's text is shapes only that its fields cannot be found. */
export function isUnreadable(items: readonly TextItem[]): boolean {
  const text = items.map((item) => item.text).join('')
  return text.split(unreadable).length - 1 > 0.2 * text.length
}
