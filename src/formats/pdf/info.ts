import type { RawInvoice } from '../fields/index.ts'
import { asDict, asString, textOf, type PdfFile } from './object/index.ts'

/** Entries that 数电票 writers put into the Info dictionary. */
const keys = {
  number: ['InvoiceNumber'],
  issuedOn: ['IssueTime', 'IssueDate'],
  buyerTaxId: ['BuyerIdNum'],
  sellerTaxId: ['SellerIdNum'],
  buyerName: ['BuyerName'],
  sellerName: ['SellerName'],
  amountExTax: ['TotalAmWithoutTax'],
  tax: ['TotalTaxAm'],
  amount: ['TotalTax-includedAmount', 'TotalTaxIncludedAmount'],
} as const satisfies Partial<Record<keyof RawInvoice, readonly string[]>>

/** What the Info dictionary says of the invoice; empty when it says nothing. */
export function readInfo(file: PdfFile): RawInvoice {
  const info = asDict(file.resolve(file.trailer.get('Info')))
  const raw: Record<string, string> = {}
  for (const [field, names] of Object.entries(keys)) {
    const bytes = asString(file.get(info, ...names))
    const text = bytes ? textOf(bytes).replace(/\0/g, '').trim() : ''
    if (text !== '') raw[field] = text
  }
  return raw
}
