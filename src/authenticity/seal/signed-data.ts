import type { Instant } from '../../domain/index.ts'
import { readCertificate, type Certificate } from '../certificate/certificate.ts'
import { readName } from '../certificate/name.ts'
import { sameBytes } from '../crypto/bytes.ts'
import { algorithmOf, oids, readSignature } from '../crypto/signature.ts'
import { sm3 } from '../crypto/sm3.ts'
import { contextTag, Malformed, tags, valuesIn, type Der } from '../der/read.ts'
import { expect, explicit, octets, oid, sequence, serialNumber, smallInteger, time } from '../der/values.ts'
import type { SignedValue } from './signed-value.ts'

/** Content types: those of GB/T 35275, and those of PKCS #7 that some write instead. */
const types = {
  data: ['1.2.156.10197.6.1.4.2.1', '1.2.840.113549.1.7.1'],
  signedData: ['1.2.156.10197.6.1.4.2.2', '1.2.840.113549.1.7.2'],
}
const signingAlgorithms = [oids.sm2WithSm3, oids.sm2, '1.2.156.10197.1.301.1'] as readonly string[]
const mostCertificates = 8
const attributes = { digest: '1.2.840.113549.1.9.4', signedAt: '1.2.840.113549.1.9.5' }

/**
 * SignedData of GB/T 35275 with one signer. What it signs is the SM3 of Signature.xml, or Signature.xml itself when it carries no content.
 * What the signature does not protect (revocation lists, unsigned attributes) is refused, so that no byte of it is free.
 * Throws {@link Malformed}.
 */
export function readSignedData(whole: Der, signature: Uint8Array): SignedValue {
  const [type, wrapped, ...more] = sequence(whole)
  if (more.length > 0 || !wrapped || wrapped.tag !== contextTag(0) || !types.signedData.includes(oid(type))) throw unknownForm()
  const [version, digests, content, certificates, signers, ...moreInside] = sequence(explicit(wrapped))
  if (moreInside.length > 0 || smallInteger(version) !== 1 || certificates?.tag !== contextTag(0)) throw unknownForm()
  checkDigests(valuesIn(expect(digests, tags.set)))
  const carried = valuesIn(certificates)
  // A way of four authorities and a stranger or two; of more, the ways through them could not be counted.
  if (carried.length > mostCertificates) throw new Malformed('The signature carries too many certificates')
  const pool = carried.map(({ raw }) => readCertificate(raw))
  const [info, ...others] = valuesIn(expect(signers, tags.set))
  if (others.length > 0) throw new Malformed('The signature has more than one signer')
  const signed = readContent(content)
  const message = signed ?? signature
  const { signer, toSign, value, signedAt, fits } = readSigner(info, pool, message)
  return {
    form: 'signed-data',
    signer,
    pool,
    signings: [{ by: 'signer', key: signer.key, message: toSign, signature: readSignature(value) }],
    fits: fits && (signed === null || sameBytes(signed, sm3(signature)) || sameBytes(signed, signature)),
    signedAt,
    seal: null,
    hasTimestamp: false,
  }
}

/** SignerInfo: version, issuer and serial number, digest algorithm, [0] signed attributes, algorithm, signature. */
function readSigner(info: Der | undefined, pool: readonly Certificate[], message: Uint8Array) {
  const [version, id, digest, ...rest] = sequence(info)
  const signedAttributes = rest[0]?.tag === contextTag(0) ? rest[0] : null
  const [algorithm, value, ...more] = signedAttributes ? rest.slice(1) : rest
  if (more.length > 0 || smallInteger(version) !== 1 || !signingAlgorithms.includes(algorithmOf(algorithm))) throw unknownForm()
  checkDigests(digest ? [digest] : [])
  const [issuer, serial, ...moreOfId] = sequence(id)
  const [issuerName, number] = [readName(issuer).full, serialNumber(serial)]
  const signer = pool.find((one) => one.issuer.full === issuerName && one.serial === number)
  if (!signer || moreOfId.length > 0) throw new Malformed('The signer’s certificate did not come along')
  if (!signedAttributes) return { signer, toSign: message, value: octets(value), signedAt: null, fits: true }
  const found = readAttributes(signedAttributes)
  // Signed is the SET, not the tag it travels under (RFC 5652 5.4).
  const toSign = signedAttributes.raw.slice()
  toSign[0] = tags.set
  return { signer, toSign, value: octets(value), signedAt: found.signedAt, fits: sameBytes(found.digest, sm3(message)) }
}

function readAttributes(der: Der): { readonly digest: Uint8Array; readonly signedAt: Instant | null } {
  const found = new Map<string, Der>()
  for (const attribute of valuesIn(der)) {
    const [type, set, ...more] = sequence(attribute)
    const [value, ...others] = valuesIn(expect(set, tags.set))
    if (more.length > 0 || others.length > 0 || !value || found.has(oid(type))) throw unknownForm()
    found.set(oid(type), value)
  }
  const signedAt = found.get(attributes.signedAt)
  return { digest: octets(found.get(attributes.digest)), signedAt: signedAt ? time(signedAt) : null }
}

/** The content; null when the signature is detached. */
function readContent(content: Der | undefined): Uint8Array | null {
  const [type, wrapped, ...more] = sequence(content)
  if (more.length > 0 || !types.data.includes(oid(type))) throw unknownForm()
  if (!wrapped) return null
  if (wrapped.tag !== contextTag(0)) throw unknownForm()
  return octets(explicit(wrapped))
}

function checkDigests(algorithms: readonly Der[]): void {
  const [first, ...more] = algorithms
  if (more.length > 0 || algorithmOf(first) !== oids.sm3) throw new Malformed('The signature is made over another digest than SM3')
}

function unknownForm(): Malformed {
  return new Malformed('The signature is of unknown form')
}
