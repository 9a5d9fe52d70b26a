import type { CalendarDate } from './calendar.ts'
import type { Kind } from './kind.ts'
import type { Fen } from './money.ts'

/** 购买方 or 销售方. */
export interface Party {
  readonly name: string | null
  readonly taxId: string | null
}

/** One goods or service line. `quantity`, `unitPrice` and `taxRate` stay as printed: they are no money and may carry many digits. */
export interface Line {
  readonly name: string | null
  readonly spec: string | null
  readonly unit: string | null
  readonly quantity: string | null
  readonly unitPrice: string | null
  /** Fen, tax-exclusive. */
  readonly amount: Fen | null
  readonly taxRate: string | null
  readonly tax: Fen | null
}

/** The invoice itself. Everything but the kind may be unknown (null). Numbers and codes are strings: 20 digits do not fit a JS number. */
export interface Invoice {
  readonly kind: Kind
  readonly code: string | null
  readonly number: string | null
  readonly issuedOn: CalendarDate | null
  /** Fen, tax-exclusive (合计金额). */
  readonly amountExTax: Fen | null
  /** Fen (合计税额). */
  readonly tax: Fen | null
  /** Fen, tax-inclusive (价税合计). */
  readonly amount: Fen | null
  readonly checkCode: string | null
  /** Blockchain invoices only: the hash in their QR. */
  readonly hash: string | null
  readonly seller: Party
  readonly buyer: Party
  readonly lines: readonly Line[]
  readonly remark: string | null
}

/** An invoice of a kind of which nothing else is known. */
export function emptyInvoice(kind: Kind): Invoice {
  const nobody = { name: null, taxId: null }
  return {
    kind,
    code: null,
    number: null,
    issuedOn: null,
    amountExTax: null,
    tax: null,
    amount: null,
    checkCode: null,
    hash: null,
    seller: nobody,
    buyer: nobody,
    lines: [],
    remark: null,
  }
}

/** The places of an invoice that carry a provenance of their own. */
export const fields = [
  'kind',
  'code',
  'number',
  'issuedOn',
  'amountExTax',
  'tax',
  'amount',
  'checkCode',
  'hash',
  'seller.name',
  'seller.taxId',
  'buyer.name',
  'buyer.taxId',
  'lines',
  'remark',
] as const
export type Field = (typeof fields)[number]

/** Where a value came from, most trustworthy first. */
export const origins = [
  'signed',
  'attachment',
  'xml',
  'answer',
  'tag',
  'custom-data',
  'qr',
  'info-dict',
  'text',
  'ocr',
  'typed',
  'self-reported',
] as const
export type Origin = (typeof origins)[number]

/** The origin of every field that has a value. */
export type Provenance = Partial<Readonly<Record<Field, Origin>>>

/** Arithmetic and consistency checks that need no network. */
export type CheckName =
  | 'qr-crc'
  | 'line-sums'
  | 'net-plus-tax'
  | 'amount-in-words'
  | 'price-times-quantity'
  | 'rate-times-net'
  | 'qr-vs-text'
  | 'number-vs-date'
  | 'region'
  | 'tax-id'

/** `ok` null means unknown: it says nothing, and never "fake". */
export interface Check {
  readonly name: CheckName
  readonly ok: boolean | null
}

/** Something a reader of files or text could not do, with a permanent code and a sentence that says what to do. */
export interface Problem {
  readonly code: string
  readonly message: string
}

/** What one reading of one file, QR or form gives: values, where each came from, and what is doubtful. */
export interface Draft {
  readonly invoice: Invoice
  readonly provenance: Provenance
  readonly checks: readonly Check[]
  readonly problems: readonly Problem[]
}
