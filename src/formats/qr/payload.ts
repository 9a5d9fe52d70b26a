import { parseCheckCode, parseCode, parseDate, parseMoney } from '../../domain/index.ts'
import { checkCrc } from './crc.ts'

/** The values of a comma-separated payload as text, each in its place, empty where there is none. */
export interface Payload {
  readonly kind: string
  readonly code: string
  readonly number: string
  readonly amount: string
  readonly issuedOn: string
  readonly checkCode: string
  /** True: the checksum matches. Null: it is missing or of an unknown dialect. */
  readonly intact: true | null
}

/**
 * `01,<kind>,<code>,<number>,<amount>,<yyyymmdd>,<check code>,<crc>[,]`, where the number is in its place; otherwise recognised by shape.
 * @returns null for text that is no such payload.
 */
export function parsePayload(text: string): Payload | null {
  const printed = text.split(',', 16)
  const fields = printed.map((field) => field.trim())
  if (fields[0] !== '01') return null
  const crcAt = findCrc(fields)
  const intact = crcAt === -1 ? null : checkFields(printed, fields, crcAt)
  const values = crcAt === -1 ? fields : fields.slice(0, crcAt)
  const read = isFiscal(values) ? fiscal(values) : isInPlace(values) ? inPlace(values) : byShape(values)
  return read && { ...read, intact }
}

/** The checksum is the last field that is not empty. Where it is missing, the last one is a date or a check code, which are longer. */
function findCrc(fields: readonly string[]): number {
  const last = fields.findLastIndex((field) => field !== '')
  return last >= 5 && /^[0-9a-f]{4}$/i.test(fields[last] ?? '') ? last : -1
}

/** As printed; or, where somebody put spaces into it later, without them. */
function checkFields(printed: readonly string[], fields: readonly string[], crcAt: number): true | null {
  const crc = (fields[crcAt] ?? '').toUpperCase()
  return checkCrc(printed.slice(0, crcAt).join(','), crc) ?? checkCrc(fields.slice(0, crcAt).join(','), crc)
}

type Values = Omit<Payload, 'intact'>

function inPlace([, kind = '', code = '', number = '', amount = '', issuedOn = '', checkCode = '']: readonly string[]): Values {
  return { kind, code, number, amount, issuedOn, checkCode }
}

/** The number, or code and date where the number is missing or spoilt, are where the layout has them. */
function isInPlace([, , code = '', number = '', amount = '', issuedOn = '']: readonly string[]): boolean {
  if (code !== '' && parseCode(code) === null) return false
  if (!/^\d{5,20}$/.test(number)) return code !== '' && parseDate(issuedOn) !== null
  return number.length === 20 || parseDate(issuedOn) !== null || (parseMoney(amount) !== null && parseDate(amount) === null)
}

/** The rail pilot: fewer fields, the number where the code should be. Only what cannot be anything else is taken. */
function byShape(values: readonly string[]): Values | null {
  const [, kind = '', ...rest] = values
  const number = rest.find((field) => /^\d{20}$/.test(field))
  if (number === undefined) return null
  const issuedOn = rest.find((field) => parseDate(field) !== null) ?? ''
  const amounts = rest.filter((field) => field !== number && field !== issuedOn && field !== '' && parseMoney(field) !== null)
  return { kind, code: '', number, amount: only(amounts.filter(isDecimal)) ?? only(amounts) ?? '', issuedOn, checkCode: '' }
}

/** 财政票据 keep their QR to themselves; where one has this layout, an 8-digit code before a 10-digit number gives it away. */
function isFiscal([, , code = '', number = '']: readonly string[]): boolean {
  return /^\d{8}$/.test(code) && /^\d{10}$/.test(number)
}

function fiscal([, , code = '', number = '', ...rest]: readonly string[]): Values {
  return {
    kind: '',
    code,
    number,
    amount: only(rest.filter(isDecimal)) ?? '',
    issuedOn: only(rest.filter((field) => parseDate(field) !== null)) ?? '',
    checkCode: only(rest.filter((field) => field.length === 6 && parseCheckCode(field) === field.toUpperCase())) ?? '',
  }
}

function isDecimal(field: string): boolean {
  return field.includes('.') && parseMoney(field) !== null
}

function only(candidates: readonly string[]): string | undefined {
  return candidates.length === 1 ? candidates[0] : undefined
}
