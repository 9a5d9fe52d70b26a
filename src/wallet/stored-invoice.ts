import type { Invoice, Line, Party } from '../domain/index.ts'
import type { Stored } from './database.ts'
import { fen, list, needKind, needRow, text } from './read.ts'

/** The stored form of an invoice, of entries and of answers alike. */
export function storeInvoice(invoice: Invoice): Stored {
  const { kind, code, number, issuedOn, amountExTax, tax, amount, checkCode, hash, seller, buyer, lines, remark } = invoice
  return { kind, code, number, issuedOn, net: amountExTax, tax, gross: amount, check: checkCode, hash, seller, buyer, lines, remark }
}

export function readInvoice(value: unknown): Invoice {
  const row = needRow(value, 'invoice')
  return {
    kind: needKind(row.kind),
    code: text(row.code),
    number: text(row.number),
    issuedOn: text(row.issuedOn),
    amountExTax: fen(row.net),
    tax: fen(row.tax),
    amount: fen(row.gross),
    checkCode: text(row.check),
    hash: text(row.hash),
    seller: party(row.seller),
    buyer: party(row.buyer),
    lines: list(row.lines, line),
    remark: text(row.remark),
  }
}

function party(value: unknown): Party {
  const { name, taxId } = typeof value === 'object' && value !== null ? (value as Stored) : {}
  return { name: text(name), taxId: text(taxId) }
}

function line(row: Stored): Line {
  return {
    name: text(row.name),
    spec: text(row.spec),
    unit: text(row.unit),
    quantity: text(row.quantity),
    unitPrice: text(row.unitPrice),
    amount: fen(row.amount),
    taxRate: text(row.taxRate),
    tax: fen(row.tax),
  }
}
