import type { Instant, Problem } from '../../domain/index.ts'
import { refusalOf, type Entry, type OfdFile } from '../../formats/index.ts'
import { sameBytes } from '../crypto/bytes.ts'
import { verify } from '../crypto/sm2.ts'
import { Malformed } from '../der/read.ts'
import { readSignedValue, type SignedValue } from '../seal/signed-value.ts'
import { readSignatureXml, type SignatureXml } from './signature-xml.ts'

/** One signature held against the file. `broken`: it cannot be decided. */
export type Checked = {
  readonly signature: Entry
  readonly digests: ReadonlyMap<string, boolean>
  readonly altered: readonly string[]
  readonly problems: readonly Problem[]
} & ({ readonly state: 'broken' | 'tampered' } | Intact)

/** A signature of which every digest and every signature holds. By whom is another question. */
export interface Intact {
  readonly state: 'intact'
  readonly value: Entry
  readonly covered: ReadonlySet<Entry>
  readonly signed: SignedValue
  /** When it was signed, by the signer's word: the time in the signature, else those the XML may mean. */
  readonly times: readonly Instant[]
}

/** The SM3 of an entry; null when it cannot be unpacked, so that it is not what was signed. */
export type DigestOf = (entry: Entry) => Uint8Array | null

/** Checks one signature: digests first, on raw bytes; then the signature value, its structure and its signatures. Never throws. */
export function checkSignature(file: OfdFile, signature: Entry, digestOf: DigestOf): Checked {
  const broken = (problem: Problem) => ({
    state: 'broken' as const,
    signature,
    digests: new Map<string, boolean>(),
    altered: [],
    problems: [problem],
  })
  let bytes: Uint8Array
  let xml: SignatureXml
  try {
    bytes = file.bytes(signature)
    xml = readSignatureXml(file.parse(bytes))
  } catch (error) {
    return broken(whyOf(error))
  }
  const digests = new Map<string, boolean>()
  const covered = new Set<Entry>()
  for (const { path, digest } of xml.references) {
    const at = file.resolve(signature, path)
    const entry = at === null ? null : file.find(at)
    const actual = entry && digestOf(entry)
    const name = entry?.name ?? path
    digests.set(name, actual !== null && sameBytes(actual, digest) && digests.get(name) !== false)
    if (entry) covered.add(entry)
  }
  const altered = [...digests].filter(([, holds]) => !holds).map(([name]) => name)
  if (altered.length > 0) return { state: 'tampered', signature, digests, altered, problems: [] }

  const at = file.resolve(signature, xml.value)
  const value = at === null ? null : file.find(at)
  if (!value) return { ...broken({ code: 'signature-missing', message: 'The signature value is not in the package' }), digests }
  let signed: SignedValue
  try {
    signed = readSignedValue(file.bytes(value), bytes)
  } catch (error) {
    return { ...broken(whyOf(error)), digests }
  }
  const common = { signature, digests }
  if (!signed.fits) return { ...common, state: 'tampered', altered: [signature.name], problems: [] }
  const failed = signed.signings.find(({ key, message, signature: one }) => !verify(key, message, one))
  if (failed) {
    const message = `The signature of the ${failed.by === 'maker' ? 'seal’s maker' : 'signer'} does not hold`
    return { ...common, state: 'tampered', altered: [value.name], problems: [{ code: 'signature-invalid', message }] }
  }
  const times = signed.signedAt === null ? xml.times : [signed.signedAt]
  return { ...common, state: 'intact', altered: [], problems: [], value, covered, signed, times }
}

function whyOf(error: unknown): Problem {
  if (error instanceof Malformed) return { code: 'signature-nonstandard', message: error.message }
  const { code, message } = refusalOf(error)
  return { code, message: `The signature cannot be read: ${message}` }
}
