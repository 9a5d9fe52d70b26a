import { fromWireInvoice, invoice as invoiceSchema } from '../../api/index.ts'
import { emptyInvoice, isKind, type Invoice } from '../../domain/index.ts'
import type { StoredRecord } from '../store/record.ts'

/** The lines of a record as the wire has them. */
export const linesSchema = invoiceSchema.shape.lines

/** The invoice that a registry record describes. */
export function toInvoice(record: StoredRecord): Invoice {
  const lines = record.lines === null ? [] : linesSchema.parse(JSON.parse(record.lines))
  const kind = isKind(record.kind) ? record.kind : 'other'
  return {
    ...emptyInvoice(kind),
    code: record.code,
    number: record.number,
    issuedOn: record.issuedOn,
    amountExTax: record.amountExTax,
    tax: record.tax,
    amount: record.amount,
    checkCode: record.checkCode,
    seller: { name: record.sellerName, taxId: record.sellerTaxId },
    buyer: { name: record.buyerName, taxId: record.buyerTaxId },
    lines: fromWireInvoice({ ...emptyWire, kind, lines }).lines,
  }
}

const emptyWire = {
  code: null,
  number: null,
  issuedOn: null,
  amountExTax: null,
  tax: null,
  amount: null,
  checkCode: null,
  seller: { name: null, taxId: null },
  buyer: { name: null, taxId: null },
  remark: null,
}
