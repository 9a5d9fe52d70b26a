import type { Kind } from '../../domain/index.ts'

/** One goods line as one route writes it. */
export interface RawLine {
  readonly name?: string | null
  readonly spec?: string | null
  readonly unit?: string | null
  readonly quantity?: string | null
  readonly unitPrice?: string | null
  readonly amount?: string | null
  readonly taxRate?: string | null
  readonly tax?: string | null
}

/** What one route says, as written; nothing is understood yet. A field that the route does not have is absent or null. */
export interface RawInvoice {
  /** Stated outright, by a code of the format. */
  readonly kind?: Kind | null
  /** The words over the invoice, from which the kind is understood. */
  readonly title?: string | null
  readonly code?: string | null
  readonly number?: string | null
  readonly issuedOn?: string | null
  readonly checkCode?: string | null
  readonly amountExTax?: string | null
  readonly tax?: string | null
  readonly amount?: string | null
  readonly amountInWords?: string | null
  readonly sellerName?: string | null
  readonly sellerTaxId?: string | null
  readonly buyerName?: string | null
  readonly buyerTaxId?: string | null
  readonly remark?: string | null
  readonly lines?: readonly RawLine[]
  /** The text of its QR where the route carries it. */
  readonly qr?: string | null
}

/** The fields of a goods line, in the order a table prints them. */
export const lineFields = ['name', 'spec', 'unit', 'quantity', 'unitPrice', 'amount', 'taxRate', 'tax'] as const satisfies (keyof RawLine)[]

/** The fields of a raw invoice that are plain text. */
export type TextField = Exclude<keyof RawInvoice, 'lines' | 'kind'>
