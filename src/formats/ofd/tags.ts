import type { Problem } from '../../domain/index.ts'
import { lineFields, type RawInvoice, type RawLine } from '../fields/index.ts'
import type { TextItem } from '../page-text/index.ts'
import { collect, eInvoiceNames } from '../xml-invoice/index.ts'
import { textOf, type XmlElement } from '../xml/index.ts'
import type { DocumentText } from './text.ts'

/**
 * What a custom tag file says: its elements name the fields, their ObjectRefs the text objects that show them.
 * Two layouts: `eInvoice` with one GoodsInfo a line, and the flat `root` of 数电票, where a line is only what stands side by side.
 */
export function readTags(root: XmlElement, text: DocumentText): { readonly raw: RawInvoice; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const referred = (element: XmlElement): { readonly item: TextItem | null; readonly page: string }[] =>
    element.children
      .filter(({ name }) => name === 'objectref')
      .map((ref) => ({ item: text.find(ref.attributes.pageref ?? '', ref.text.trim()), page: ref.attributes.pageref ?? '' }))
  const read = (element: XmlElement): string | null => {
    const stated = element.children.find(({ name }) => name === 'objectdata')
    if (stated) return textOf(stated)
    const items = referred(element)
    // Of a value of which a part is not there, the rest is another value; a remark may end anywhere.
    if (items.some(({ item }) => item === null) && items.some(({ item }) => item !== null) && element.name !== 'note') {
      problems.push({ code: 'part-missing', message: `${element.name}: a part of it is referred to and not there` })
      return null
    }
    const joined = items.map(({ item }) => item?.text.trim() ?? '').join('')
    return joined === '' ? null : joined
  }
  /** The items of a column, those of later pages below those of earlier ones. */
  const itemsOf = (element: XmlElement): TextItem[] =>
    referred(element).flatMap(({ item, page }) => (item ? { ...item, y: item.y + text.place(page) * pageHeight } : []))
  const invoice = holderOf(root)
  const { raw, problems: found } = collect(invoice, eInvoiceNames, read)
  // The QR's tag refers to a picture, not to its text.
  return {
    raw: { ...raw, qr: null, lines: raw.lines?.length ? raw.lines : flatLines(invoice, itemsOf) },
    problems: [...problems, ...found],
  }
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

/** More than any page is high, in millimetres. */
const pageHeight = 10_000
/** Half a line of text, in millimetres. */
const sameLine = 1.5
