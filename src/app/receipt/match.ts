import { compareInvoice, type Comparison, type ReceiptSubject } from '../../authenticity/index.ts'
import type { EntryView, WalletList } from '../../wallet/index.ts'

/** An invoice of the wallet with the number that a receipt is about, and how its other elements compare. */
export interface Match {
  readonly view: EntryView
  readonly compared: Readonly<Record<'number' | 'issuedOn' | 'amount', Comparison>>
  /** `some`: at least one differs. `unsure`: nothing but the number could be compared. */
  readonly is: 'all' | 'some' | 'unsure'
}

/** Finds the invoice that a receipt is about. Null when none in the wallet has its number. */
export function matchIn({ entries }: Pick<WalletList, 'entries'>, subject: ReceiptSubject): Match | null {
  for (const view of entries) {
    const { code, number, issuedOn, amount } = view.shown.invoice
    if (number === null) continue
    const compared = compareInvoice(subject, { code, number, issuedOn, amount })
    if (compared.number !== 'same') continue
    const others = [compared.issuedOn, compared.amount]
    return { view, compared, is: others.includes('differs') ? 'some' : others.includes('same') ? 'all' : 'unsure' }
  }
  return null
}
