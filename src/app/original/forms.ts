import type { InvoiceForm } from '../../capture/index.ts'
import type { Invoice } from '../../domain/index.ts'
import type { OriginalState } from '../composables/original.ts'

/**
 * What is set in the standard layout: the invoices of a file without looks, the one that is open first if it is among them;
 * or, when the file cannot be shown, what is known of the invoice.
 */
export function formsFor(state: OriginalState, invoice: Invoice | null): readonly InvoiceForm[] {
  if (state.is === 'form') {
    const ours = state.forms.filter((one) => one.invoice.number === invoice?.number)
    return ours.length > 0 ? ours : state.forms
  }
  const isOpen = state.is === 'not' && invoice !== null && invoice.number !== null
  return isOpen ? [{ invoice, amountInWords: null, drawer: null, payee: null, reviewer: null }] : []
}
