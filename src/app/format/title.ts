import type { Invoice } from '../../domain/index.ts'
import type { TermsWords } from '../locales/zh-CN/terms.ts'

/** What an invoice is called: its seller, else the tail of its number, else that it has none yet. */
export function titleOf(invoice: Pick<Invoice, 'seller' | 'number'>, terms: TermsWords): string {
  if (invoice.seller.name !== null) return invoice.seller.name
  return invoice.number === null ? terms.nameless : terms.tail(invoice.number.slice(-4))
}
