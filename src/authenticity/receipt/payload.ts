import { addDays, daysBetween, type CalendarDate, type Fen, type Instant } from '../../domain/index.ts'
import { receiptClasses, receiptStatuses, type ReceiptContents } from './contents.ts'
import { cut, fromBcd, rowOf, toBcd } from './digits.ts'

/** Bytes of a payload. */
export const payloadLength = 33
const version = 1
const kidAt = 1
const minute = 60_000
const hour = 60 * minute
/** The most a count of minutes or hours may be. */
const most = 0x7fff
/** Set when the age is in hours. */
const inHours = 0x8000
const firstDay: CalendarDate = '2015-01-01'
/** Written for a date that is not within 65,534 days of the first. */
const noDate = 0xffff
/** Written for an amount that was not stated: −2^39. */
const noAmount = -(2 ** 39)

/** What a payload is made of beside its contents. */
export interface Envelope {
  /** Which key signs it: the first 4 bytes of SHA-256 over its SPKI. */
  readonly kid: Uint8Array
  /** 4 bytes, so that two receipts of one second differ. */
  readonly nonce: Uint8Array
}

/** Writes a payload. @returns null when code and number are no digits, or more than it holds. */
export function encodePayload(contents: ReceiptContents, { kid, nonce }: Envelope): Uint8Array<ArrayBuffer> | null {
  const row = rowOf(contents.code, contents.number)
  if (row === null) return null
  const bytes = new Uint8Array(payloadLength)
  const view = new DataView(bytes.buffer)
  bytes[0] = (version << 4) | row.layout
  bytes.set(kid.subarray(0, 4), kidAt)
  bytes[5] = ((receiptClasses.get(contents.class) ?? 0) << 4) | receiptStatuses.indexOf(contents.status)
  view.setUint32(6, Math.floor(contents.at / 1000))
  view.setUint16(10, ageOf(contents))
  bytes.set(toBcd(row), 12)
  view.setUint16(22, dayOf(contents.issuedOn))
  setAmount(view, contents.amount)
  bytes.set(nonce.subarray(0, 4), 29)
  return bytes
}

/** The key that a payload names, as 8 hex digits. */
export function kidOf(payload: Uint8Array): string {
  return Array.from(payload.subarray(kidAt, kidAt + 4), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Reads a payload. @returns null for another version, and for anything {@link encodePayload} would have written otherwise. */
export function decodePayload(bytes: Uint8Array): ReceiptContents | null {
  if (bytes.length !== payloadLength || bytes[0]! >> 4 !== version) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const status = receiptStatuses[bytes[5]! & 15]
  const by = [...receiptClasses].find(([, code]) => code === bytes[5]! >> 4)
  const row = fromBcd(bytes[0]! & 15, bytes.subarray(12, 22))
  const at = view.getUint32(6) * 1000
  const age = readAge(view.getUint16(10))
  if (status === undefined || by === undefined || row === null || age === null) return null
  return {
    status,
    class: by[0],
    at,
    asOf: at - age.ms,
    orEarlier: age.orEarlier,
    ...cut(row),
    issuedOn: readDay(view.getUint16(22)),
    amount: readAmount(view),
  }
}

/** Rounded up, so that data never look younger than they were. Beyond the most it stays at the most. */
function ageOf({ at, asOf }: { readonly at: Instant; readonly asOf: Instant }): number {
  const ms = Math.max(0, at - asOf)
  const minutes = Math.ceil(ms / minute)
  return minutes <= most ? minutes : inHours | Math.min(most, Math.ceil(ms / hour))
}

function readAge(age: number): { readonly ms: number; readonly orEarlier: boolean } | null {
  if (age < inHours) return { ms: age * minute, orEarlier: false }
  const hours = age & most
  return hours * 60 <= most ? null : { ms: hours * hour, orEarlier: hours === most }
}

function dayOf(date: CalendarDate | null): number {
  const days = date === null ? -1 : daysBetween(firstDay, date)
  return days >= 0 && days < noDate ? days : noDate
}

function readDay(days: number): CalendarDate | null {
  return days === noDate ? null : addDays(firstDay, days)
}

/** 40 bits, two's complement. */
function setAmount(view: DataView, amount: Fen | null): void {
  const fen = amount !== null && Math.abs(amount) < -noAmount ? amount : noAmount
  view.setInt8(24, Math.floor(fen / 2 ** 32))
  view.setUint32(25, fen >>> 0)
}

function readAmount(view: DataView): Fen | null {
  const fen = view.getInt8(24) * 2 ** 32 + view.getUint32(25)
  return fen === noAmount ? null : fen
}
