import type { Instant } from '../../domain/index.ts'
import type { PdfSignature } from '../../formats/index.ts'
import { readIdentity, type Identity } from '../certificate/identity.ts'
import { readName } from '../certificate/name.ts'
import { algorithmOf } from '../crypto/signature.ts'
import { contextTag, Malformed, readPadded, tags, valuesIn, type Der } from '../der/read.ts'
import { expect, explicit, octets, oid, sequence, serialNumber, time } from '../der/values.ts'

/** The digests that still prove something, as WebCrypto calls them. SHA-1 does so only against whoever did not make the file. */
export type Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'

/** What a signature value says. Nothing of it is verified. */
export interface PdfValue {
  readonly signer: Identity
  readonly hash: Hash
  readonly signature: Uint8Array
  /** The signed attributes as they were signed, and the digest they state; null when the file itself was signed. */
  readonly attributes: { readonly signed: Uint8Array; readonly digest: Uint8Array } | null
  readonly signedAt: Instant | null
}

type Placed = Extract<PdfSignature, { readonly is: 'placed' }>

const signedData = '1.2.840.113549.1.7.2'
const rsa = '1.2.840.113549.1.1.1'
const digests: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}
/** RSA together with a digest. */
const pairs: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
}

/** Reads the value of a signature of the two kinds that sellers use. Throws {@link Malformed} for all else, MD5 among it. */
export function readPdfValue(signature: Placed): PdfValue {
  if (signature.subFilter === 'adbe.pkcs7.detached') return readDetached(readPadded(signature.value))
  if (signature.subFilter === 'adbe.x509.rsa_sha1') return readPlain(signature)
  throw new Malformed('The signature is of a kind that is not known here')
}

/** PKCS #1 alone: an OCTET STRING, by the first of the certificates beside it. */
function readPlain({ value, certificates: [certificate] }: Placed): PdfValue {
  if (!certificate) throw new Malformed('The signer’s certificate did not come along')
  const signature = octets(readPadded(value))
  return { signer: readIdentity(certificate), hash: 'SHA-1', signature, attributes: null, signedAt: null }
}

/** CMS SignedData (RFC 5652) without content and with one signer. */
function readDetached(whole: Der): PdfValue {
  const [type, wrapped] = sequence(whole)
  if (!wrapped || wrapped.tag !== contextTag(0) || oid(type) !== signedData) throw new Malformed('The signature is of unknown form')
  const [, , content, ...rest] = sequence(explicit(wrapped))
  if (sequence(content).length !== 1) throw new Malformed('The signature is not a detached one')
  const certificates = rest.find(({ tag }) => tag === contextTag(0))
  const signers = valuesIn(expect(rest.at(-1), tags.set))
  if (!certificates || signers.length !== 1) throw new Malformed('The signature has not exactly one signer')
  const [, id, digest, ...parts] = sequence(signers[0])
  const signedAttributes = parts[0]?.tag === contextTag(0) ? parts[0] : null
  const [algorithm, value] = signedAttributes ? parts.slice(1) : parts
  const hash = digests[algorithmOf(digest)]
  const used = algorithmOf(algorithm)
  if (!hash || (used !== rsa && pairs[used] !== hash))
    throw new Malformed('The signature is made with an algorithm that proves nothing, or is not known here')
  const [issuer, serial] = sequence(id)
  const [name, number] = [readName(issuer).full, serialNumber(serial)]
  const signer = valuesIn(certificates)
    .map(({ raw }) => readIdentity(raw))
    .find((one) => one.issuer.full === name && one.serial === number)
  if (!signer) throw new Malformed('The signer’s certificate did not come along')
  return { signer, hash, signature: octets(value), ...readAttributes(signedAttributes) }
}

function readAttributes(der: Der | null): Pick<PdfValue, 'attributes' | 'signedAt'> {
  if (!der) return { attributes: null, signedAt: null }
  const found = new Map<string, Der>()
  for (const attribute of valuesIn(der)) {
    const [type, set] = sequence(attribute)
    const [value] = valuesIn(expect(set, tags.set))
    if (!value || found.has(oid(type))) throw new Malformed('The signature states something twice')
    found.set(oid(type), value)
  }
  // Signed is the SET, not the tag it travels under (RFC 5652 5.4).
  const signed = der.raw.slice()
  signed[0] = tags.set
  const at = found.get('1.2.840.113549.1.9.5')
  return { attributes: { signed, digest: octets(found.get('1.2.840.113549.1.9.4')) }, signedAt: at ? time(at) : null }
}
