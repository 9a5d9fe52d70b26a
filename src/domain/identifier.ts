import type { Invoice } from './invoice.ts'
import { kindFromCode, kindFromDigitalNumber, ruleOf, type Kind } from './kind.ts'

/** Digits as people type and machines print them, made plain: full-width forms, spaces and hyphens. A point stays: it makes an amount. */
export function normaliseDigits(text: string): string {
  return text.normalize('NFKC').replace(/[\s\-–—_]/g, '')
}

/** An invoice number: 8 digits (VAT), 10 (财政) or 20 (数电); other lengths up to 20 exist on odd samples and are kept. Null for anything but digits. */
export function parseNumber(text: string): string | null {
  const digits = normaliseDigits(text)
  return /^\d{5,20}$/.test(digits) ? digits : null
}

/** An invoice code: 8 (财政), 10 or 12 digits, else null. */
export function parseCode(text: string): string | null {
  const digits = normaliseDigits(text)
  return /^(?:\d{8}|\d{10}|\d{12})$/.test(digits) ? digits : null
}

/** A check code: 6 to 20 letters or digits (财政 check codes may carry letters), upper case; else null. */
export function parseCheckCode(text: string): string | null {
  const plain = normaliseDigits(text).toUpperCase()
  return /^[0-9A-Z]{6,20}$/.test(plain) ? plain : null
}

/** The kind that an identifier alone suggests; null where it says nothing. */
export function kindFromIdentifier(code: string | null, number: string | null): Kind | null {
  return (code === null ? null : kindFromCode(code)) ?? (number === null ? null : kindFromDigitalNumber(number))
}

/** A 20-digit number taken apart: year 2, region 2, channel 1, sequence 15. */
export interface DigitalNumber {
  readonly year: number
  readonly region: string
  readonly channel: string
  readonly sequence: string
}

/** Takes a 20-digit number apart; null for any other text. There is no checksum in it. */
export function parseDigitalNumber(number: string): DigitalNumber | null {
  if (!/^\d{20}$/.test(number)) return null
  return { year: 2000 + Number(number.slice(0, 2)), region: number.slice(2, 4), channel: number.slice(4, 5), sequence: number.slice(5) }
}

/** A 财政票据 code taken apart: region 2, class 2, kind 2, year 2. */
export interface FiscalCode {
  readonly region: string
  readonly class: string
  readonly kind: string
  readonly year: number
}

/** Takes an 8-digit 财政票据 code apart; null for any other text. */
export function parseFiscalCode(code: string): FiscalCode | null {
  if (!/^\d{8}$/.test(code)) return null
  return { region: code.slice(0, 2), class: code.slice(2, 4), kind: code.slice(4, 6), year: 2000 + Number(code.slice(6)) }
}

/**
 * The key under which two readings are the same invoice, whatever kind each took it for.
 * @returns null while the identifier is incomplete (a kind with a code needs both).
 */
export function canonicalKey(invoice: Pick<Invoice, 'kind' | 'code' | 'number' | 'hash'>): string | null {
  const { kind, code, number, hash } = invoice
  if (kind === 'blockchain' && hash !== null) return `hash:${hash}`
  if (number === null) return null
  if (/^\d{20}$/.test(number) || isDigital(kind)) return number
  return code === null ? null : `${code}:${number}`
}

/** Kinds that are known by their number alone; odd samples carry 19 digits. */
function isDigital(kind: Kind): boolean {
  const { codeLengths, elements } = ruleOf(kind)
  return codeLengths.length === 0 && elements.length > 0
}
