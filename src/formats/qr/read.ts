import {
  checkInvoice,
  emptyInvoice,
  kindFromIdentifier,
  kindFromQr,
  parseCheckCode,
  parseCode,
  parseDate,
  parseMoney,
  parseNumber,
  ruleOf,
  type Check,
  type Draft,
  type Invoice,
  type Problem,
} from '../../domain/index.ts'
import { provenanceOf } from '../fields/index.ts'
import { readBlockchainUrl } from './blockchain.ts'
import { clean } from './clean.ts'
import { parsePayload, type Payload } from './payload.ts'

/**
 * Reads the text of an invoice's QR code. A value that is there and cannot be understood is left out and told in `problems`.
 * The checks say what the text alone can tell: `qr-crc` is true or unknown, never false.
 * @returns null for text that is no invoice; {@link whyNoInvoice} says what it is instead. Never throws.
 */
export function readQr(text: string): Draft | null {
  const cleaned = clean(text)
  if ('tooLong' in cleaned) return null
  const onChain = readBlockchainUrl(cleaned.text)
  if (onChain) return draft(onChain, null, [])
  const payload = parsePayload(cleaned.text)
  return payload && toDraft(payload)
}

/** The texts that are invoices, each once: other codes on the page (addresses, titles, payment) are left out. */
export function pickInvoiceQrs(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => readQr(text) !== null)
}

function toDraft(payload: Payload): Draft | null {
  const problems: Problem[] = []
  function take<T>(field: 'code' | 'number' | 'amount' | 'issuedOn' | 'checkCode', parse: (text: string) => T | null): T | null {
    if (payload[field] === '') return null
    const value = parse(payload[field])
    if (value === null) problems.push({ code: 'field-unreadable', message: `${field}: what the qr says cannot be understood` })
    return value
  }

  const code = take('code', parseCode)
  const number = take('number', parseNumber)
  const issuedOn = take('issuedOn', parseDate)
  if (number === null && (code === null || issuedOn === null)) return null
  const named = kindFromQr(payload.kind, code)
  const kind = named ?? kindFromIdentifier(code, number) ?? 'other'
  if (kind === 'other') problems.push({ code: 'kind-unknown', message: 'The kind of invoice is not stated' })
  else if (named === null) problems.push({ code: 'kind-guessed', message: 'The kind is guessed from the number' })
  const amount = take('amount', parseMoney)
  const invoice: Invoice = {
    ...emptyInvoice(kind),
    code,
    number,
    issuedOn,
    [ruleOf(kind).qrAmount]: amount,
    checkCode: take('checkCode', parseCheckCode),
  }
  return draft(invoice, payload.intact, problems)
}

function draft(invoice: Invoice, intact: true | null, problems: readonly Problem[]): Draft {
  const told = checkInvoice(invoice).filter(({ ok }) => ok !== null)
  const checks: Check[] = [{ name: 'qr-crc', ok: intact }, ...told]
  return { invoice, provenance: provenanceOf(invoice, 'qr'), checks, problems }
}
