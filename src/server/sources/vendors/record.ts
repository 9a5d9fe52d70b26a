import { emptyInvoice, parseDate, parseMoney, parseNumber, type Elements, type Invoice, type Line } from '../../../domain/index.ts'

/** A goods line as a vendor writes it. */
export type WrittenLine = { readonly [Part in keyof Line]: string | null }

/** A record as a vendor writes it: every value is text or missing. */
export interface WrittenRecord {
  readonly number: string | null
  readonly issuedOn: string | null
  readonly amountExTax: string | null
  readonly tax: string | null
  readonly amount: string | null
  readonly checkCode: string | null
  readonly sellerName: string | null
  readonly sellerTaxId: string | null
  readonly buyerName: string | null
  readonly buyerTaxId: string | null
  readonly remark: string | null
  readonly lines: readonly WrittenLine[]
}

const mostLines = 2000

/**
 * The invoice that a vendor's record describes. The elements stay as they were asked, for they matched; the record fills in the rest. What
 * cannot be read is missing: a verdict does not depend on it.
 * @throws when the record is of another invoice.
 */
export function toRecord(elements: Elements, written: WrittenRecord): Invoice {
  const { amount, amountExTax, checkCode, ...asked } = elements
  const other =
    (written.number !== null && parseNumber(written.number) !== elements.number) ||
    (written.issuedOn !== null && parseDate(written.issuedOn) !== elements.issuedOn)
  if (other) throw new Error('the source answered with another invoice')
  const fullCheckCode = written.checkCode?.toUpperCase().replace(/\s/g, '') ?? null
  return {
    ...emptyInvoice(elements.kind),
    ...asked,
    amountExTax: amountExTax ?? money(written.amountExTax),
    tax: money(written.tax),
    amount: amount ?? money(written.amount),
    checkCode: fullCheckCode?.endsWith(checkCode ?? '') ? fullCheckCode : (checkCode ?? null),
    seller: { name: written.sellerName, taxId: written.sellerTaxId },
    buyer: { name: written.buyerName, taxId: written.buyerTaxId },
    lines: written.lines.slice(0, mostLines).map((line) => ({ ...line, amount: money(line.amount), tax: money(line.tax) })),
    remark: written.remark,
  }
}

/** Fen; null for what is no amount, such as `***` or 免税. */
function money(text: string | null): number | null {
  return text === null ? null : parseMoney(text)
}
