import { sameBytes } from '../crypto/bytes.ts'
import { sm3 } from '../crypto/sm3.ts'
import { Malformed, type Der } from '../der/read.ts'
import { octets, sequence, smallInteger, text, time } from '../der/values.ts'

/**
 * SES_ESPropertyInfo: the seal's name, whose certificates may use it, and when. From version 4 on the certificates are there in full
 * (list type 1) or as their SM3 (2); before only in full. Throws {@link Malformed}.
 */
export function readSealProperty(der: Der | undefined, version: 1 | 4 | 5) {
  const fields = sequence(der)
  const listType = version === 1 ? 1 : smallInteger(fields[2])
  const [type, name] = fields
  const [certificates, createdAt, validFrom, validTo, ...more] = fields.slice(version === 1 ? 2 : 3)
  if (more.length > 0) throw new Malformed('The seal has a property of unknown form')
  smallInteger(type)
  return {
    name: text(name),
    createdAt: time(createdAt),
    validFrom: time(validFrom),
    validTo: time(validTo),
    names: namesIn(certificates, listType),
  }
}

function namesIn(list: Der | undefined, type: number): (certificate: Uint8Array) => boolean {
  const values = sequence(list)
  if (type === 1) {
    const certificates = values.map(octets)
    return (certificate) => certificates.some((one) => sameBytes(one, certificate))
  }
  if (type !== 2) throw new Malformed('The seal lists its certificates in an unknown way')
  const digests = values.map((one) => {
    const [kind, digest, ...more] = sequence(one)
    if (more.length > 0) throw new Malformed('The seal lists its certificates in an unknown way')
    text(kind)
    return octets(digest)
  })
  return (certificate) => {
    const digest = sm3(certificate)
    return digests.some((one) => sameBytes(one, digest))
  }
}
