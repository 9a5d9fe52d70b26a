import { formatMoney, type Invoice } from '../domain/index.ts'
import type { EntryView } from './entry.ts'

/** Entries that contain every word of the text: number, code, names, amounts, goods, remark, note. Linear; an empty text finds all. */
export function searchEntries(entries: readonly EntryView[], text: string): readonly EntryView[] {
  const words = plain(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return entries
  return entries.filter((view) => {
    const searched = searchable(view)
    return words.every((word) => searched.includes(word))
  })
}

function searchable({ shown, entry }: EntryView): string {
  const { code, number, issuedOn, seller, buyer, lines, remark, amount, amountExTax, tax }: Invoice = shown.invoice
  const money = [amount, amountExTax, tax].flatMap((fen) => (fen === null ? [] : formatMoney(fen)))
  const goods = lines.flatMap(({ name, spec }) => [name, spec])
  const texts = [code, number, issuedOn, seller.name, seller.taxId, buyer.name, buyer.taxId, ...goods, remark, entry.note?.text, ...money]
  return plain(texts.filter(Boolean).join('\n'))
}

/** Full-width forms as narrow ones, letters small. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
