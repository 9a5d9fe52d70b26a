import { lineFields, type RawInvoice, type RawLine } from '../fields/index.ts'
import type { TextItem } from '../page-text/index.ts'
import { collect, eInvoiceNames } from '../xml-invoice/index.ts'
import { textOf, type XmlElement } from '../xml/index.ts'
import type { DocumentText } from './text.ts'

/**
 * What a custom tag file says: its elements name the fields, their ObjectRefs the text objects that show them.
 * Two layouts: `eInvoice` with one GoodsInfo a line, and the flat `root` of 数电票, where a line is only what stands side by side.
 */
export function readTags(root: XmlElement, text: DocumentText): RawInvoice {
  const itemsOf = (element: XmlElement): TextItem[] =>
    element.children.flatMap((ref) => (ref.name === 'objectref' ? (text.find(ref.attributes.pageref ?? '', ref.text.trim()) ?? []) : []))
  const read = (element: XmlElement): string | null => {
    const stated = element.children.find(({ name }) => name === 'objectdata')
    if (stated) return textOf(stated)
    const joined = itemsOf(element)
      .map((item) => item.text.trim())
      .join('')
    return joined === '' ? null : joined
  }
  const invoice = holderOf(root)
  const { raw } = collect(invoice, eInvoiceNames, read)
  // The QR's tag refers to a picture, not to its text.
  return { ...raw, qr: null, lines: raw.lines?.length ? raw.lines : flatLines(invoice, itemsOf) }
}

function holderOf(element: XmlElement): XmlElement {
  const inside = element.children.find(({ children }) => children.some(({ name }) => name === 'invoiceno'))
  return inside ?? element
}

/** Lines of the flat layout: an amount opens a line; what stands on its height, or below it before the next amount, belongs to it. */
function flatLines(root: XmlElement, itemsOf: (element: XmlElement) => TextItem[]): RawLine[] {
  const columns = lineFields.map((field) => ({
    field,
    items: root.children.filter(({ name }) => eInvoiceNames.line[field]?.includes(name)).flatMap(itemsOf),
  }))
  const amounts = columns.find(({ field }) => field === 'amount')?.items.toSorted((a, b) => a.y - b.y) ?? []
  const lines: Partial<Record<keyof RawLine, string>>[] = amounts.map(() => ({}))
  for (const { field, items } of columns) {
    for (const item of items) {
      const line = lines[rowOf(item.y, amounts)]
      if (line) line[field] = (line[field] ?? '') + item.text.trim()
    }
  }
  return lines
}

/** The last amount that stands on this height or above; the first when none does. */
function rowOf(y: number, amounts: readonly TextItem[]): number {
  let [low, high] = [0, amounts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((amounts[middle]?.y ?? 0) - sameLine <= y) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}

/** Half a line of text, in millimetres. */
const sameLine = 1.5
