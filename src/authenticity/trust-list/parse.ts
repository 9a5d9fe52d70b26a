import { isCalendarDate } from '../../domain/index.ts'
import type { Anchor, Revocation, TestIssuer, TrustList } from './list.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads the JSON of a trust list. @returns null for anything that leaves a field out, or writes it in another form. */
export function parseList(text: string): TrustList | null {
  if (text.length > 1_000_000) return null
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  if (!isObject(json)) return null
  const { version, issuedOn } = json
  const anchors = listOf(json.anchors, anchorOf)
  const testIssuers = listOf(json.testIssuers, testIssuerOf)
  const revocations = listOf(json.revocations, revocationOf)
  if (!Number.isSafeInteger(version) || Number(version) < 1 || !isDate(issuedOn) || !anchors || !testIssuers || !revocations) return null
  return { version: Number(version), issuedOn, anchors, testIssuers, revocations }
}

function anchorOf(one: Fields): Anchor | null {
  const { name, publicKey, serial, keyId, sha256, notBefore, notAfter, origin, since } = one
  return isName(name) &&
    isHex(publicKey, 130) &&
    isText(serial) &&
    isHex(keyId, 40) &&
    isHex(sha256, 64) &&
    isDate(notBefore) &&
    isDate(notAfter) &&
    isText(origin) &&
    isDate(since)
    ? { name, publicKey, serial, keyId, sha256, notBefore, notAfter, origin, since }
    : null
}

function testIssuerOf({ name, keyId }: Fields): TestIssuer | null {
  return isName(name) && typeof keyId === 'string' && /^[0-9a-f]{8,40}$/.test(keyId) ? { name, keyId } : null
}

function revocationOf({ what, issuer, serial, publicKey, on }: Fields): Revocation | null {
  if (!isDate(on)) return null
  if (what === 'certificate' && isName(issuer) && typeof serial === 'string' && /^(?:[0-9A-F]{2})+$/.test(serial))
    return { what, issuer, serial, on }
  return what === 'key' && isHex(publicKey, 130) ? { what, publicKey, on } : null
}

/** Every one of them, or nothing. */
function listOf<T>(value: unknown, parse: (one: Fields) => T | null): T[] | null {
  if (!Array.isArray(value) || value.length > 10_000) return null
  const parsed = value.map((one: unknown) => (isObject(one) ? parse(one) : null))
  return parsed.includes(null) ? null : (parsed as T[])
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 500
}

function isName(value: unknown): value is string {
  return isText(value) && value.includes('=')
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && isCalendarDate(value)
}

/** Lower case only: keys and ids are compared as text. */
function isHex(value: unknown, length: number): value is string {
  return typeof value === 'string' && value.length === length && /^[0-9a-f]*$/.test(value)
}
