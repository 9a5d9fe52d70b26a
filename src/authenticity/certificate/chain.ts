import type { Instant } from '../../domain/index.ts'
import { fromHex, toHex } from '../crypto/bytes.ts'
import { readKey, verify } from '../crypto/sm2.ts'
import { isRevoked, periodOf, type Anchor, type TrustList } from '../trust-list/list.ts'
import type { Certificate } from './certificate.ts'

/** Where a certificate leads. `unknown`: to nobody on the list; the others say what is wrong with the way. */
export type Chain =
  | { readonly leads: 'anchor'; readonly anchor: Anchor }
  | { readonly leads: 'unknown' | 'test' | 'revoked' | 'expired' | 'forged' | 'unfit' }

/** The longest way from a signer to an anchor, in certificates. */
const longest = 4

/**
 * Follows a certificate to an anchor of a list, by name, key id and signature. It must have been valid at one of these times,
 * and every authority on the way with it.
 * @param pool other certificates the file carries.
 */
export function follow(certificate: Certificate, pool: readonly Certificate[], list: TrustList, times: readonly Instant[]): Chain {
  return step(certificate, pool, list, times, 0)
}

function step(certificate: Certificate, pool: readonly Certificate[], list: TrustList, times: readonly Instant[], depth: number): Chain {
  const { issuer, serial, extensions, key } = certificate
  if (isRevoked(list, { publicKey: toHex(key.bytes), issuer: issuer.full, serial })) return { leads: 'revoked' }
  if (!extensions.isUnderstood) return { leads: 'unfit' }
  const valid = times.filter((time) => certificate.notBefore <= time && time <= certificate.notAfter)
  const { issuerKeyId } = extensions
  if (list.testIssuers.some(({ name, keyId }) => name === issuer.full && issuerKeyId?.startsWith(keyId))) return { leads: 'test' }

  const named = list.anchors.filter(({ name, keyId }) => name === issuer.full && (issuerKeyId === null || issuerKeyId === keyId))
  if (named.length > 0) {
    const anchor = named.find((one) => isSignedBy(certificate, one.publicKey))
    if (!anchor) return { leads: 'forged' }
    if (isRevoked(list, { publicKey: anchor.publicKey })) return { leads: 'revoked' }
    const { from, to } = periodOf(anchor)
    return valid.some((time) => from <= time && time <= to) ? { leads: 'anchor', anchor } : { leads: 'expired' }
  }
  if (depth >= longest) return { leads: 'unknown' }
  // Of several that could be the issuer the first that leads to an anchor counts.
  let told: Chain = { leads: 'unknown' }
  for (const authority of pool) {
    if (authority === certificate || !isAuthorityOf(authority, certificate, depth) || !isSignedBy(certificate, toHex(authority.key.bytes)))
      continue
    const found = valid.length === 0 ? ({ leads: 'expired' } as const) : step(authority, pool, list, valid, depth + 1)
    if (found.leads === 'anchor') return found
    if (found.leads !== 'unknown') told = found
  }
  return told
}

/** What was verified once: several ways lead through the same authorities. */
const verified = new WeakMap<Certificate, Map<string, boolean>>()

/** By everything but the signature. A certificate that does not say what it is for is no authority. */
function isAuthorityOf({ subject, extensions }: Certificate, { issuer, extensions: below }: Certificate, depth: number): boolean {
  return (
    subject.full === issuer.full &&
    (below.issuerKeyId === null || extensions.keyId === null || below.issuerKeyId === extensions.keyId) &&
    extensions.isAuthority &&
    extensions.uses?.certificates === true &&
    (extensions.pathLength === null || extensions.pathLength >= depth)
  )
}

/** @param publicKey hex. */
function isSignedBy(certificate: Certificate, publicKey: string): boolean {
  const known = verified.get(certificate) ?? new Map<string, boolean>()
  verified.set(certificate, known)
  const before = known.get(publicKey)
  if (before !== undefined) return before
  const key = readKey(fromHex(publicKey) ?? new Uint8Array())
  const holds = key !== null && verify(key, certificate.signed, certificate.signature)
  known.set(publicKey, holds)
  return holds
}
