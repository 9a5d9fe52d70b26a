import type { Invoice, Problem } from '../../domain/index.ts'
import type { Drawing } from '../ofd/page/index.ts'

/** How an original is shown. Files inside an archive are shown as they are by themselves. */
export type Shown =
  | { readonly is: 'drawn'; readonly drawing: Drawing; readonly problems: readonly Problem[] }
  /** Drawn page by page by whoever has a canvas. */
  | { readonly is: 'pdf'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly is: 'picture'; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Data without looks: set in the standard layout. */
  | { readonly is: 'form'; readonly forms: readonly InvoiceForm[] }
  /** An archive in which the invoice was not found. */
  | { readonly is: 'archive' }
  | { readonly is: 'refused'; readonly problem: Problem }

/** What the standard layout prints of an invoice. Beside the invoice itself, texts as the file has them. */
export interface InvoiceForm {
  readonly invoice: Invoice
  /** 价税合计（大写）. */
  readonly amountInWords: string | null
  /** 开票人. */
  readonly drawer: string | null
  readonly payee: string | null
  readonly reviewer: string | null
}

/** Which invoice of an archive is meant. */
export interface Wanted {
  readonly code: string | null
  readonly number: string | null
}
