/** Randomness as the gateway uses it; passed in, so that tests can repeat a run. */
export interface Random {
  /** Uniform in [0, 1): for jitter. */
  fraction(): number
  /** Unpredictable bytes: for tickets and ids. */
  bytes(count: number): Uint8Array
}

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number a person may read out for a parked query, `7K3QF-9M2XD`: Crockford's base 32, 50 random bits. It grants nothing. */
export function newTicket(random: Random): string {
  const text = [...random.bytes(10)].map((byte) => alphabet[byte & 31]).join('')
  return `${text.slice(0, 5)}-${text.slice(5)}`
}

/**
 * An opaque row id, base64url: 48 bits of time, 72 random ones. What is written in the same moment lies together in the file, and shares the pages
 * that a commit writes.
 */
export function newRowId(now: number, random: Random): string {
  const bytes = Buffer.alloc(15)
  bytes.writeUIntBE(Math.max(0, Math.floor(now)), 0, 6)
  bytes.set(random.bytes(9), 6)
  return bytes.toString('base64url')
}

/** The id of a query of our own: UUIDv7 (RFC 9562), 48 bits of time, 74 random. */
export function newQueryId(now: number, random: Random): string {
  const bytes = Buffer.from(random.bytes(16))
  bytes.writeUIntBE(Math.max(0, Math.floor(now)), 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
