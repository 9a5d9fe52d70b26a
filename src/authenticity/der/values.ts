import type { Instant } from '../../domain/index.ts'
import { toHex } from '../crypto/bytes.ts'
import { Malformed, tags, valuesIn, type Der } from './read.ts'

/**
 * The longest integer, identifier, key id and text, in bytes: an RSA modulus of 16,384 bits, and more than any name needs. What is longer
 * would only cost time and memory.
 */
const longest = { integer: 2_049, id: 64, text: 10_000 } as const

/** The value if it has this tag. Throws {@link Malformed} otherwise, also when there is none. */
export function expect(der: Der | undefined, tag: number): Der {
  if (der?.tag !== tag) throw new Malformed('A part of a structure is missing or of another type')
  return der
}

/** The values of a SEQUENCE. */
export function sequence(der: Der | undefined): Der[] {
  return valuesIn(expect(der, tags.sequence))
}

/** An INTEGER in its shortest form, never negative: nothing here has a use for such. */
export function integer(der: Der | undefined): bigint {
  const content = short(expect(der, tags.integer).content, 'integer')
  const [first, second] = content
  if (first === undefined || first >= 0x80 || (first === 0 && second !== undefined && second < 0x80))
    throw new Malformed('An integer is negative or not in its shortest form')
  return BigInt(`0x${toHex(content)}`)
}

/** An INTEGER as people write serial numbers: hex, upper case, two digits an octet. */
export function serialNumber(der: Der | undefined): string {
  integer(der)
  return toHex(expect(der, tags.integer).content)
    .replace(/^00(?=.)/, '')
    .toUpperCase()
}

/** An INTEGER that a JS number holds. */
export function smallInteger(der: Der | undefined): number {
  const value = integer(der)
  if (value > 0xffff_ffffn) throw new Malformed('An integer is too large')
  return Number(value)
}

export function boolean(der: Der | undefined): boolean {
  const { content } = expect(der, tags.boolean)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new Malformed('A truth value is neither')
  return content[0] === 0xff
}

export function octets(der: Der | undefined): Uint8Array {
  return expect(der, tags.octets).content
}

/** Bytes that identify something, as hex, lower case. */
export function identifier(content: Uint8Array): string {
  return toHex(short(content, 'id'))
}

function short(content: Uint8Array, kind: keyof typeof longest): Uint8Array {
  if (content.length > longest[kind]) throw new Malformed('A value is far longer than it can be')
  return content
}

/** A BIT STRING of whole octets. */
export function bits(der: Der | undefined): Uint8Array {
  const { content } = expect(der, tags.bits)
  if (content[0] !== 0) throw new Malformed('A bit string does not end with an octet')
  return content.subarray(1)
}

/** An OBJECT IDENTIFIER, dotted. */
export function oid(der: Der | undefined): string {
  const content = short(expect(der, tags.oid).content, 'id')
  const last = content.at(-1)
  if (last === undefined || last >= 0x80) throw new Malformed('An object identifier is cut short')
  const arcs: number[] = []
  let arc = 0
  let begins = true
  for (const byte of content) {
    if (begins && byte === 0x80) throw new Malformed('An object identifier is not in its shortest form')
    arc = arc * 128 + (byte & 0x7f)
    if (arc > 2 ** 40) throw new Malformed('An object identifier is too large')
    begins = byte < 0x80
    if (begins) {
      arcs.push(arc)
      arc = 0
    }
  }
  const [head = 0, ...rest] = arcs
  const root = Math.min(2, Math.floor(head / 40))
  return [root, head - root * 40, ...rest].join('.')
}

const decoders: Readonly<Record<number, string>> = {
  [tags.utf8]: 'utf-8',
  [tags.printable]: 'utf-8',
  [tags.ia5]: 'utf-8',
  // Of its many code pages writers here mean GBK, if anything but ASCII.
  [tags.teletex]: 'gb18030',
  [tags.bmp]: 'utf-16be',
}

/** Any of the string types. */
export function text(der: Der | undefined): string {
  const encoding = der && decoders[der.tag]
  if (!encoding) throw new Malformed('A text was expected')
  short(der.content, 'text')
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(der.content)
  } catch {
    throw new Malformed('A text is not in the encoding it states')
  }
}

/** UTCTime or GeneralizedTime. */
export function time(der: Der | undefined): Instant {
  if (der?.tag !== tags.time && der?.tag !== tags.utcTime) throw new Malformed('A time was expected')
  const plain = String.fromCharCode(...der.content.subarray(0, 40))
  const instant = parseTime(der.tag === tags.utcTime ? `${Number(plain.slice(0, 2)) < 50 ? '20' : '19'}${plain}` : plain)
  if (instant === null) throw new Malformed('A time cannot be read')
  return instant
}

/** `20200723130907Z`, a fraction of a second or a zone offset allowed: not DER, but writers do. @returns null for anything else. */
export function parseTime(plain: string): Instant | null {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,3})\d*)?(?:Z|([+-])(\d\d)(\d\d))$/.exec(plain)
  if (!match) return null
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHour, zoneMinute] = match
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const instant = Date.parse(`${written}.${fraction.padEnd(3, '0')}Z`)
  // Date.parse takes 30 February for 1 March.
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(written)) return null
  if (sign === undefined) return instant
  return instant - (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000
}

/** The value inside a context tag. */
export function explicit(der: Der): Der {
  const [inside, ...more] = valuesIn(der)
  if (!inside || more.length > 0) throw new Malformed('A tagged part holds not exactly one value')
  return inside
}
