import type { CalendarDate } from './calendar.ts'
import type { Invoice } from './invoice.ts'
import { ruleOf, type Kind } from './kind.ts'
import { formatMoney, type Fen } from './money.ts'

/** 要素: one of the values by which a source verifies an invoice. */
export type Element = 'code' | 'number' | 'issuedOn' | 'amount' | 'amountExTax' | 'checkCode' | 'hash'

/** The values a query carries: exactly those its kind is verified by, nothing else. */
export interface Elements {
  readonly kind: Kind
  readonly number: string
  readonly issuedOn: CalendarDate
  readonly code?: string
  readonly amount?: Fen
  readonly amountExTax?: Fen
  /** The last six digits; sources ask for no more. */
  readonly checkCode?: string
  readonly hash?: string
}

type Values = Pick<Invoice, 'kind' | Element>

/** Which elements this invoice still lacks before anyone can verify it. Empty for kinds that nobody can check. */
export function missingElements(invoice: Values): Element[] {
  return ruleOf(invoice.kind).elements.filter((element) => invoice[element] === null)
}

/** True when a source could be asked: the kind can be checked at all, and nothing is missing. */
export function isAnswerable(invoice: Values): boolean {
  return ruleOf(invoice.kind).elements.length > 0 && missingElements(invoice).length === 0
}

/**
 * The elements of an invoice as a query carries them.
 * @returns null when something is missing or the kind cannot be checked.
 */
export function elementsOf(invoice: Values): Elements | null {
  if (!isAnswerable(invoice) || invoice.number === null || invoice.issuedOn === null) return null
  const wanted = new Set<Element>(ruleOf(invoice.kind).elements)
  return {
    kind: invoice.kind,
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    ...(wanted.has('code') && invoice.code !== null && { code: invoice.code }),
    ...(wanted.has('amount') && invoice.amount !== null && { amount: invoice.amount }),
    ...(wanted.has('amountExTax') && invoice.amountExTax !== null && { amountExTax: invoice.amountExTax }),
    ...(wanted.has('checkCode') && invoice.checkCode !== null && { checkCode: shortCheckCode(invoice.checkCode) }),
    ...(wanted.has('hash') && invoice.hash !== null && { hash: invoice.hash }),
  }
}

/** The last six characters of a check code, which is all that sources compare. */
export function shortCheckCode(checkCode: string): string {
  return checkCode.slice(-6).toUpperCase()
}

/** One string per distinct question: the same elements always give the same text, other elements another. */
export function canonicalElements(elements: Elements): string {
  const { kind, code = '', number, issuedOn, amount, amountExTax, checkCode = '', hash = '' } = elements
  const money = (fen: Fen | undefined) => (fen === undefined ? '' : formatMoney(fen))
  return [kind, code, number, issuedOn, money(amount), money(amountExTax), checkCode, hash].map(escape).join('|')
}

/** Keeps the separator out of the values, whatever somebody sends. */
function escape(value: string): string {
  return value.replace(/[\\|]/g, '\\$&')
}
