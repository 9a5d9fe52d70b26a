import type { Instant } from '../../domain/index.ts'
import { sameBytes } from '../crypto/bytes.ts'
import { algorithmOf, oids, readSignature } from '../crypto/signature.ts'
import { readKey, type Sm2Key, type Sm2Signature } from '../crypto/sm2.ts'
import { contextTag, Malformed, readDer, tags, type Der } from '../der/read.ts'
import { bits, explicit, expect, oid, sequence, serialNumber, smallInteger, time } from '../der/values.ts'
import { readExtensions, type Extensions } from './extensions.ts'
import { readName, type Name } from './name.ts'

/** An X.509 v3 certificate of an SM2 key, signed with SM2 (GB/T 20518, RFC 5280). */
export interface Certificate {
  readonly raw: Uint8Array
  /** What its issuer signed: the very bytes. */
  readonly signed: Uint8Array
  readonly signature: Sm2Signature
  /** Hex, upper case, two digits an octet. */
  readonly serial: string
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: Instant
  readonly notAfter: Instant
  readonly key: Sm2Key
  readonly extensions: Extensions
}

/** Reads a certificate. Throws {@link Malformed} for what is no certificate, and for keys and algorithms other than SM2 with SM3. */
export function readCertificate(bytes: Uint8Array): Certificate {
  const [tbs, algorithm, signature, ...more] = sequence(readDer(bytes))
  if (more.length > 0) throw new Malformed('A certificate has parts that do not belong there')
  const fields = sequence(tbs)
  const [version, serial, innerAlgorithm, issuer, validity, subject, keyInfo, ...optional] = fields
  if (version?.tag !== contextTag(0) || smallInteger(explicit(version)) !== 2) throw new Malformed('A certificate is not of version 3')
  if (algorithmOf(innerAlgorithm) !== oids.sm2WithSm3) throw new Malformed('A certificate is signed by another algorithm than SM2 with SM3')
  // The outer one is not signed: only the same bytes say nothing new (RFC 5280 4.1.1.2).
  if (!algorithm || !innerAlgorithm || !sameBytes(algorithm.raw, innerAlgorithm.raw))
    throw new Malformed('A certificate names two algorithms')
  const [notBefore, notAfter, ...moreTimes] = sequence(validity)
  if (moreTimes.length > 0) throw new Malformed('A certificate has more than two times')
  const extensions = optional.find(({ tag }) => tag === contextTag(3))
  if (optional.some(({ tag }) => tag !== contextTag(3) && tag !== 0x81 && tag !== 0x82))
    throw new Malformed('A certificate has parts that do not belong there')
  return {
    raw: bytes,
    signed: expect(tbs, tags.sequence).raw,
    signature: readSignature(bits(signature)),
    serial: serialNumber(serial),
    issuer: readName(issuer),
    subject: readName(subject),
    notBefore: time(notBefore),
    notAfter: time(notAfter),
    key: readKeyInfo(keyInfo),
    extensions: readExtensions(extensions ? explicit(extensions) : null),
  }
}

function readKeyInfo(der: Der | undefined): Sm2Key {
  const [algorithm, bitString, ...more] = sequence(der)
  const [id, curve, ...moreParameters] = sequence(algorithm)
  if (more.length > 0 || moreParameters.length > 0 || oid(id) !== '1.2.840.10045.2.1' || oid(curve) !== oids.sm2)
    throw new Malformed('A certificate holds a key that is not of SM2')
  const key = readKey(bits(bitString))
  if (!key) throw new Malformed('A certificate holds a key that is no point of the curve')
  return key
}
