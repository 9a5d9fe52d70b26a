import { contextTag, readDer, tags } from '../der/read.ts'
import { bits, expect, integer, sequence, serialNumber } from '../der/values.ts'
import { readName, type Name } from './name.ts'

/** Whom a certificate names and by which key, whatever the algorithm. Nothing of it is verified. */
export interface Identity {
  readonly issuer: Name
  readonly subject: Name
  readonly serial: string
  /** SubjectPublicKeyInfo, DER. */
  readonly keyInfo: Uint8Array
}

/** Reads the names and the key of any X.509 certificate. Throws `Malformed`. */
export function readIdentity(bytes: Uint8Array): Identity {
  const [tbs] = sequence(readDer(bytes))
  const fields = sequence(tbs)
  const [serial, , issuer, , subject, keyInfo] = fields[0]?.tag === contextTag(0) ? fields.slice(1) : fields
  return {
    issuer: readName(issuer),
    subject: readName(subject),
    serial: serialNumber(serial),
    keyInfo: expect(keyInfo, tags.sequence).raw,
  }
}

/** The length of an RSA key's modulus in bits. Throws `Malformed` for a key of another kind. */
export function rsaBits(keyInfo: Uint8Array): number {
  const [, key] = sequence(readDer(keyInfo))
  const [modulus] = sequence(readDer(bits(key)))
  return integer(modulus).toString(2).length
}
