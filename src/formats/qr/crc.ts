/**
 * The last field of a payload: CRC-16 over the fields before it. Issuing software agrees on neither the algorithm nor the comma
 * after the last field, so every variant seen in the field is tried. All work on bytes; a payload is ASCII.
 */
type Crc = (bytes: Uint8Array) => number

/** CRC-16/UMTS: polynomial 0x8005, initial 0, most significant bit first. */
const umts: Crc = (bytes) => {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1) & 0xffff
  }
  return crc
}

/** Least significant bit first. Right with a reversed polynomial; some issuers run it with the plain one. */
const leastFirst =
  (polynomial: number, initial: number): Crc =>
  (bytes) => {
    let crc = initial
    for (const byte of bytes) {
      crc ^= byte
      for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ polynomial : crc >> 1
    }
    return crc
  }
const unreversed = leastFirst(0x8005, 0)
const modbus = leastFirst(0xa001, 0xffff)

/** Named as in the design; `E` is CRC-16/MODBUS, with and without the comma. */
export const dialects = {
  A: { crc: umts, comma: true },
  B: { crc: umts, comma: false },
  C: { crc: unreversed, comma: false },
  E: { crc: modbus, comma: false },
  'E,': { crc: modbus, comma: true },
} as const satisfies Record<string, { readonly crc: Crc; readonly comma: boolean }>
export type Dialect = keyof typeof dialects

const utf8 = new TextEncoder()

/** The checksum of `fields` (joined with commas, nothing after the last) in one dialect: four hexadecimal digits, upper case. */
export function checksum(fields: string, dialect: Dialect): string {
  const { crc, comma } = dialects[dialect]
  return crc(utf8.encode(comma ? `${fields},` : fields))
    .toString(16)
    .toUpperCase()
    .padStart(4, '0')
}

/**
 * Holds a printed checksum (upper case) against every dialect.
 * @returns true: read intact. Null: unknown. Never false: about one genuine payload in forty uses a dialect nobody knows.
 */
export function checkCrc(fields: string, printed: string): true | null {
  return (Object.keys(dialects) as Dialect[]).some((dialect) => checksum(fields, dialect) === printed) ? true : null
}
