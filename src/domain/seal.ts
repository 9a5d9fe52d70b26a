import type { Instant } from './calendar.ts'
import type { Problem } from './invoice.ts'

/**
 * What the signatures in a file amount to, by mathematics alone. None of these says that the invoice is good today.
 * `trusted`: intact, covers the whole file, the signer leads to the trust list · `untrusted-signer`: intact, but nobody on the list vouches
 * for the signer · `test-seal`: made by an issuer of test seals · `partial`: intact, but parts of the file are not covered ·
 * `tampered`: bytes changed after signing · `seller-signed`: a PDF signed by the seller, intact and whole · `unsigned` ·
 * `undecidable`: a signature that leaves the standards, or that third parties cannot check; never to be read as fake.
 */
export const sealVerdicts = [
  'trusted',
  'untrusted-signer',
  'test-seal',
  'partial',
  'tampered',
  'seller-signed',
  'unsigned',
  'undecidable',
] as const
export type SealVerdict = (typeof sealVerdicts)[number]

/** The digest of one part of a file, beside what the signature states of it. */
export interface SealDigest {
  readonly name: string
  readonly holds: boolean
}

/** A verdict on the signatures of one file, and what it rests on. */
export interface Seal {
  readonly verdict: SealVerdict
  /** Whom the signer's certificate names; the signer's own word unless the verdict is `trusted`. */
  readonly signer: string | null
  readonly issuer: string | null
  /** What the seal calls itself. */
  readonly sealName: string | null
  /** What was signed with, `RSA-1024 with SHA-1`; null when nothing was verified. */
  readonly algorithm: string | null
  /** When the signer says it was signed (签章所载时间). */
  readonly signedAt: Instant | null
  /** The version of the trust list it was judged by: a newer one may judge otherwise. */
  readonly trustList: number
  readonly digests: readonly SealDigest[]
  /** Parts of the file that no signature covers. */
  readonly uncovered: readonly string[]
  /** Parts that are not what was signed. */
  readonly altered: readonly string[]
  readonly problems: readonly Problem[]
}

/** Verdicts that may be others once the trust lists are. */
export function restsOnTrust(verdict: SealVerdict): boolean {
  return verdict === 'trusted' || verdict === 'untrusted-signer' || verdict === 'test-seal' || verdict === 'partial'
}

/** Which verdict speaks for an invoice that came in several files: what needs a look first, then what proves most. */
const speaking: readonly SealVerdict[] = [
  'tampered',
  'partial',
  'trusted',
  'untrusted-signer',
  'seller-signed',
  'test-seal',
  'undecidable',
  'unsigned',
]

/** The one of several verdicts that speaks for an invoice. @returns null when there is none. */
export function speakingSeal<S extends { readonly verdict: SealVerdict }>(seals: readonly S[]): S | null {
  return [...seals].sort((a, b) => speaking.indexOf(a.verdict) - speaking.indexOf(b.verdict))[0] ?? null
}
