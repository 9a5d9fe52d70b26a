import type { FillRandom, Instant } from '../domain/index.ts'

/** A UUIDv7 (RFC 9562): 48 bits of time, 74 bits from the CSPRNG. Ids of entries and of queries; whoever knows a query's id learns its state. */
export function newId(now: Instant, random: FillRandom): string {
  const bytes = random(new Uint8Array(16))
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const time = Math.max(0, Math.floor(now))
  view.setUint16(0, Math.floor(time / 2 ** 32))
  view.setUint32(2, time % 2 ** 32)
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f))
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f))
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The device's pseudonym: 128 random bits, base64url. It grants nothing. */
export function newDeviceId(random: FillRandom): string {
  return btoa(String.fromCharCode(...random(new Uint8Array(16))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
