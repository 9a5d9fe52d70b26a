/** What a receipt's text begins with; the digit is the version of what follows. */
const prefix = 'FPR1'
/** Payload and signature. */
export const receiptLength = 97
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A receipt as text: 160 characters of the alphanumeric set of QR, one SMS. */
export function toText(receipt: Uint8Array): string {
  return prefix + base32(receipt, alphabet)
}

/** What a text holds. `later-version`: a receipt that a newer app reads. */
export type ReadText =
  { readonly is: 'receipt'; readonly bytes: Uint8Array<ArrayBuffer> } | { readonly is: 'later-version' } | { readonly is: 'malformed' }

/** The receipt within what was scanned, typed or pasted: its text, or an address that ends in it. Blanks are an SMS's own, and lower case a person's. */
export function readText(text: string): ReadText {
  if (text.length > 2000) return { is: 'malformed' }
  const plain = text.replace(/\s/g, '').toUpperCase()
  const own = /^(?:HTTPS?:\/\/[^/#]+\/R)?#?(FPR[1-9].*)$/.exec(plain)?.[1]
  if (own === undefined) return { is: 'malformed' }
  // Whatever a later version holds, it is no shorter than a signature.
  if (!own.startsWith(prefix)) return { is: /^....[A-Z2-7]{100,}$/.test(own) ? 'later-version' : 'malformed' }
  const bytes = fromBase32(own.slice(prefix.length))
  return bytes === null ? { is: 'malformed' } : { is: 'receipt', bytes }
}

/** The name people call a receipt by, `7K3QF-9M2XD`: the first 50 bits of SHA-256 over its 97 bytes. */
export async function receiptId(receipt: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', receipt))
  const text = base32(hash.subarray(0, 7), crockford).slice(0, 10)
  return `${text.slice(0, 5)}-${text.slice(5)}`
}

/** RFC 4648 without padding, over the digits given. */
function base32(bytes: Uint8Array, digits: string): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += digits[(held >>> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + digits[(held << (5 - bits)) & 31]
}

/** @returns null unless it is the one writing of 97 bytes. */
function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = new Uint8Array(receiptLength)
  let length = 0
  let held = 0
  let bits = 0
  for (const char of text) {
    const value = alphabet.indexOf(char)
    if (value === -1 || length > receiptLength) return null
    held = ((held << 5) | value) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = held >>> bits
  }
  return length === receiptLength && base32(bytes, alphabet) === text ? bytes : null
}
