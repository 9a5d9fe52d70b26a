import type { CalendarDate, Instant } from '../../domain/index.ts'

/** Whom a signature may lead to: a name and its key (as RFC 5914 has it). The certificate itself is not needed. */
export interface Anchor {
  /** Distinguished name, RFC 4514, the most specific part first. */
  readonly name: string
  /** Hex, uncompressed, 65 bytes. */
  readonly publicKey: string
  readonly serial: string
  /** Hex, lower case. */
  readonly keyId: string
  /** SHA-256 of its certificate, for people to compare. */
  readonly sha256: string
  readonly notBefore: CalendarDate
  readonly notAfter: CalendarDate
  /** Where it comes from, and by what it was confirmed. */
  readonly origin: string
  /** Since when it is on the list. */
  readonly since: CalendarDate
}

/** An issuer of seals for tests. Its seals prove nothing, and say so. */
export interface TestIssuer {
  readonly name: string
  /** The beginning of its key id. Hex, lower case. */
  readonly keyId: string
}

/** What is no longer relied on, whenever it was signed: the time in a signature is the signer's own. */
export type Revocation =
  | { readonly what: 'certificate'; readonly issuer: string; readonly serial: string; readonly on: CalendarDate }
  | { readonly what: 'key'; readonly publicKey: string; readonly on: CalendarDate }

/** Whose seals are trusted. A newer list replaces an older one; no list takes back a revocation. */
export interface TrustList {
  /** Grows with every list. */
  readonly version: number
  readonly issuedOn: CalendarDate
  readonly anchors: readonly Anchor[]
  readonly testIssuers: readonly TestIssuer[]
  readonly revocations: readonly Revocation[]
}

/** The lists that a verdict rests on. */
export interface Trust {
  readonly list: TrustList
  /** The person's own. What only it trusts is told, and stays untrusted. */
  readonly imported: TrustList | null
}

/** Is this certificate, or the anchor with this key, revoked? Certificates are known by issuer and serial number. */
export function isRevoked(
  { revocations }: TrustList,
  { publicKey, issuer, serial }: { readonly publicKey: string; readonly issuer?: string; readonly serial?: string },
): boolean {
  return revocations.some((one) => (one.what === 'key' ? one.publicKey === publicKey : one.issuer === issuer && one.serial === serial))
}

/**
 * The list to go on with when a new one comes: the newer of both, with the revocations of both.
 * @returns the very list it was when the new one is not newer.
 */
export function adopt(current: TrustList, next: TrustList): TrustList {
  return next.version <= current.version ? current : alsoRevoking(next, current)
}

/** Of a kept list and the one of the build the newer, with the revocations of both; of two of the same version the kept one. */
export function newestOf(kept: TrustList, bundled: TrustList): TrustList {
  return bundled.version > kept.version ? alsoRevoking(bundled, kept) : alsoRevoking(kept, bundled)
}

function alsoRevoking(list: TrustList, other: TrustList): TrustList {
  const known = new Set(list.revocations.map((one) => JSON.stringify(one)))
  return { ...list, revocations: [...list.revocations, ...other.revocations.filter((one) => !known.has(JSON.stringify(one)))] }
}

/** The instants between which an anchor is good: from the first day to the end of the last, UTC. */
export function periodOf({ notBefore, notAfter }: Anchor): { readonly from: Instant; readonly to: Instant } {
  return { from: Date.parse(`${notBefore}T00:00:00Z`), to: Date.parse(`${notAfter}T23:59:59Z`) }
}
