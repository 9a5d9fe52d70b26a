/** Anything in the bytes of a signature that its standard does not allow. The sentence is for logs and the command line. */
export class Malformed extends Error {
  override readonly name = 'Malformed'
}

/** One value in Distinguished Encoding Rules (ISO/IEC 8825-1), a view into the bytes it was read from. */
export interface Der {
  /** The identifier octet: class, constructed, number. */
  readonly tag: number
  /** Header and content: what signatures are made over. */
  readonly raw: Uint8Array
  readonly content: Uint8Array
  /** How deep it lies; the whole is 0. */
  readonly depth: number
}

const maxDepth = 32
/** Values in one value. A certificate has some twenty. */
const maxValues = 1_000

/** Identifier octets. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  teletex: 0x14,
  ia5: 0x16,
  utcTime: 0x17,
  time: 0x18,
  universal: 0x1c,
  bmp: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** The identifier octet of a constructed context-specific tag: `[n] EXPLICIT`, or `[n] IMPLICIT` of a sequence or set. */
export function contextTag(number: number): number {
  return 0xa0 | number
}

/** Reads the one value that fills these bytes. Throws {@link Malformed}. */
export function readDer(bytes: Uint8Array): Der {
  const { value, next } = readAt(bytes, 0, 0)
  if (next !== bytes.length) throw new Malformed('Bytes stand after the end of a structure')
  return value
}

/** Reads one value behind which there is room: zeros, as a PDF leaves them. Throws {@link Malformed}. */
export function readPadded(bytes: Uint8Array): Der {
  const { value, next } = readAt(bytes, 0, 0)
  if (bytes.subarray(next).some((byte) => byte !== 0)) throw new Malformed('Bytes stand after the end of a structure')
  return value
}

/** The values in a constructed value. Throws {@link Malformed}. */
export function valuesIn(der: Der): Der[] {
  if ((der.tag & 0x20) === 0) throw new Malformed('A structure was expected')
  const values: Der[] = []
  for (let at = 0; at < der.content.length;) {
    const { value, next } = readAt(der.content, at, der.depth + 1)
    if (values.push(value) > maxValues) throw new Malformed('A structure has too many parts')
    at = next
  }
  return values
}

function readAt(bytes: Uint8Array, at: number, depth: number): { readonly value: Der; readonly next: number } {
  if (depth > maxDepth) throw new Malformed('Structures are nested too deeply')
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw new Malformed('A structure is cut short')
  if ((tag & 0x1f) === 0x1f) throw new Malformed('A tag number is too large')
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    // Indefinite (0x80) is BER; four octets already count more than any file has.
    const octets = first & 0x7f
    if (octets === 0 || octets > 4) throw new Malformed('A length is not definite, or too long')
    length = 0
    for (let index = 0; index < octets; index++) length = length * 256 + (bytes[start + index] ?? Number.NaN)
    start += octets
    // The shortest form only (10.1).
    if (!(length >= 0x80) || length < 256 ** (octets - 1)) throw new Malformed('A length is not in its shortest form')
  }
  const next = start + length
  if (next > bytes.length) throw new Malformed('A structure is cut short')
  return { value: { tag, raw: bytes.subarray(at, next), content: bytes.subarray(start, next), depth }, next }
}
