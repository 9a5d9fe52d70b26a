import {
  emptyInvoice,
  normaliseTaxId,
  parseCheckCode,
  parseCode,
  parseDate,
  parseMoney,
  parseNumber,
  type Field,
  type Fen,
  type Invoice,
  type Line,
  type Origin,
  type Problem,
  type Provenance,
} from '../../domain/index.ts'
import { kindOfTitle } from './kind-of-title.ts'
import type { RawInvoice, RawLine } from './raw.ts'

/** What one route says, understood: only what could be read without doubt. */
export interface Reading {
  readonly invoice: Invoice
  readonly provenance: Provenance
  readonly problems: readonly Problem[]
  readonly amountInWords: string | null
}

const maxText = 2_000
/** Goods lines of one invoice. The longest lists have some hundreds. */
export const maxLines = 2_000

/** Understands what a route says. A value that is there and cannot be understood is left out and told in `problems`. */
export function toReading(raw: RawInvoice, origin: Origin): Reading {
  const problems: Problem[] = []
  function take<T>(field: Field, text: string | null | undefined, parse: (text: string) => T | null): T | null {
    const plain = text?.trim() ?? ''
    if (plain === '' || isStars(plain)) return null
    const value = parse(plain)
    if (value === null) problems.push({ code: 'field-unreadable', message: `${field}: what the ${origin} says cannot be understood` })
    return value
  }

  const code = take('code', raw.code, parseCode)
  const number = take('number', raw.number, parseNumber)
  const lines = (raw.lines ?? [])
    .slice(0, maxLines)
    .map((line) => toLine(line, (text) => take('lines', text, parseMoney)))
    .filter((line) => Object.values(line).some((value) => value !== null))
  if ((raw.lines ?? []).length > maxLines) problems.push({ code: 'lines-cut', message: `Only the first ${maxLines} goods lines are read` })
  const invoice: Invoice = {
    ...emptyInvoice(raw.kind ?? (raw.title ? kindOfTitle(raw.title, code, number) : null) ?? 'other'),
    code,
    number,
    issuedOn: take('issuedOn', raw.issuedOn, dateOf),
    amountExTax: take('amountExTax', raw.amountExTax, parseMoney),
    tax: take('tax', raw.tax, parseMoney),
    amount: take('amount', raw.amount, parseMoney),
    checkCode: take('checkCode', raw.checkCode, parseCheckCode),
    seller: { name: words(raw.sellerName), taxId: taxIdOf(raw.sellerTaxId) },
    buyer: { name: words(raw.buyerName), taxId: taxIdOf(raw.buyerTaxId) },
    lines,
    remark: words(raw.remark),
  }
  return { invoice, provenance: provenanceOf(invoice, origin), problems, amountInWords: words(raw.amountInWords) }
}

/** The same origin for every field that has a value. */
export function provenanceOf(invoice: Invoice, origin: Origin): Provenance {
  const provenance: Partial<Record<Field, Origin>> = {}
  const set = (field: Field, value: unknown) => {
    if (value !== null) provenance[field] = origin
  }
  for (const field of ['code', 'number', 'issuedOn', 'amountExTax', 'tax', 'amount', 'checkCode', 'hash', 'remark'] as const)
    set(field, invoice[field])
  for (const role of ['seller', 'buyer'] as const) {
    set(`${role}.name`, invoice[role].name)
    set(`${role}.taxId`, invoice[role].taxId)
  }
  set('kind', invoice.kind === 'other' ? null : invoice.kind)
  set('lines', invoice.lines.length > 0 ? true : null)
  return provenance
}

function toLine(raw: RawLine, money: (text: string | null | undefined) => Fen | null): Line {
  return {
    name: words(raw.name),
    spec: words(raw.spec),
    unit: words(raw.unit),
    quantity: words(raw.quantity),
    unitPrice: words(raw.unitPrice),
    amount: money(raw.amount),
    taxRate: stars(words(raw.taxRate)),
    tax: money(raw.tax),
  }
}

/** A date, whether a time follows it or not. */
function dateOf(text: string) {
  return parseDate(/^(\d{4}\D\d{1,2}\D\d{1,2}日?)(?:[T\s].*)?$/.exec(text)?.[1] ?? /^(\d{8})\d{6}$/.exec(text)?.[1] ?? text)
}

function taxIdOf(text: string | null | undefined): string | null {
  const plain = normaliseTaxId(text ?? '')
  return plain === '' || isStars(plain) || plain.length > 30 ? null : plain
}

function words(text: string | null | undefined): string | null {
  if (!text) return null
  const plain = text.replace(/\s+/g, ' ').trim()
  return plain === '' ? null : plain.slice(0, maxText)
}

function stars(text: string | null): string | null {
  return text !== null && isStars(text) ? null : text
}

/** `***` stands where the law lets the amount out (免税). */
function isStars(text: string): boolean {
  return /^[*＊¥￥\s]+$/.test(text)
}
