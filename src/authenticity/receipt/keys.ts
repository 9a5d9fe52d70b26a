import { isCalendarDate, type CalendarDate, type Instant } from '../../domain/index.ts'
import { fromBase64, fromHex } from '../crypto/bytes.ts'
import { verifyEd25519 } from '../crypto/ed25519.ts'

/** A key that a gateway signs receipts with, or did. */
export interface ReceiptKey {
  /** 8 hex digits, lower case. */
  readonly kid: string
  /** Ed25519, 32 bytes, hex, lower case. */
  readonly publicKey: string
  /** Receipts of before are not its. */
  readonly from: Instant
  /** Nor of later; null: still in use. */
  readonly until: Instant | null
  /** What it signed, and when, can no longer be relied on. */
  readonly revoked: boolean
}

/** The keys of one gateway. Old ones stay, or their receipts could not be checked. */
export interface KeyList {
  /** Grows with every list. */
  readonly version: number
  readonly issuedOn: CalendarDate
  /** What the gateway is called by its operator; null: by its address. */
  readonly gateway: string | null
  readonly keys: readonly ReceiptKey[]
}

/** What stands before a key list in the signed bytes. */
const context = 'piaozai-receipt-keys-v1\0'

/** The bytes that the operator's offline root signs: the context and the list's own text. */
export function signedKeyBytes(list: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${context}${list}`)
}

/** A key list that came from somewhere. `root` is the offline key (hex) that signed it; null: nobody did. */
export type OpenedKeys =
  | { readonly is: 'keys'; readonly list: KeyList; readonly root: string | null }
  /** `forged`: it bears a signature that is not that of the root it names. */
  | { readonly is: 'malformed' | 'forged' }

/** Opens a key list: its JSON alone, or `{"list":"…","signature":"<base64>","root":"<hex>"}` with the very text of that JSON, signed by the root. */
export async function openKeys(text: string): Promise<OpenedKeys> {
  const envelope = envelopeOf(text)
  const list = parseKeys(envelope?.list ?? text)
  if (list === null) return { is: 'malformed' }
  if (envelope === null) return { is: 'keys', list, root: null }
  const root = fromHex(envelope.root)
  const signature = fromBase64(envelope.signature)
  const holds = root !== null && signature !== null && (await verifyEd25519(root, signedKeyBytes(envelope.list), signature))
  return holds ? { is: 'keys', list, root: envelope.root.toLowerCase() } : { is: 'forged' }
}

/** Reads the JSON of a key list. @returns null for anything that leaves a field out, or writes it in another form. */
export function parseKeys(text: string): KeyList | null {
  const json = text.length > 100_000 ? null : objectOf(() => JSON.parse(text) as unknown)
  if (json === null) return null
  const { version, issuedOn, gateway, keys: given } = json
  const keys = Array.isArray(given) && given.length <= 1000 ? given.map((one: unknown) => keyOf(objectOf(() => one))) : [null]
  const isNamed = gateway === null || (typeof gateway === 'string' && gateway.length <= 100)
  if (!Number.isSafeInteger(version) || Number(version) < 1 || typeof issuedOn !== 'string' || !isCalendarDate(issuedOn)) return null
  return isNamed && !keys.includes(null) ? { version: Number(version), issuedOn, gateway, keys: keys as ReceiptKey[] } : null
}

/** The JSON of a list, as it is signed and served. */
export function writeKeys({ keys, ...list }: KeyList): string {
  const time = (at: Instant | null) => (at === null ? null : new Date(at).toISOString())
  return JSON.stringify({ ...list, keys: keys.map((key) => ({ ...key, from: time(key.from), until: time(key.until) })) })
}

function keyOf(json: Readonly<Record<string, unknown>> | null): ReceiptKey | null {
  if (json === null) return null
  const { kid, publicKey, from: since, until: end, revoked } = json
  const from = instant(since)
  const until = end === null ? null : instant(end)
  const isKey = isHex(kid, 8) && isHex(publicKey, 64) && typeof revoked === 'boolean'
  return isKey && from !== null && (end === null || until !== null) ? { kid, publicKey, from, until, revoked } : null
}

function envelopeOf(text: string): { readonly list: string; readonly signature: string; readonly root: string } | null {
  const json = text.length > 200_000 ? null : objectOf(() => JSON.parse(text) as unknown)
  if (json === null || typeof json['list'] !== 'string') return null
  const string = (value: unknown) => (typeof value === 'string' ? value : '')
  return { list: json['list'], signature: string(json['signature']), root: string(json['root']) }
}

function objectOf(read: () => unknown): Readonly<Record<string, unknown>> | null {
  try {
    const value = read()
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function isHex(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length === length && /^[0-9a-f]*$/.test(value)
}

/** RFC 3339 UTC. */
function instant(value: unknown): Instant | null {
  const at = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? null : at
}
