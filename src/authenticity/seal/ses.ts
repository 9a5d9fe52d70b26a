import type { Instant } from '../../domain/index.ts'
import { readCertificate } from '../certificate/certificate.ts'
import { sameBytes } from '../crypto/bytes.ts'
import { oids, readSignature } from '../crypto/signature.ts'
import { sm3 } from '../crypto/sm3.ts'
import { contextTag, Malformed, readDer, tags, valuesIn, type Der } from '../der/read.ts'
import { bits, expect, octets, oid, parseTime, sequence, smallInteger, text, time } from '../der/values.ts'
import { sequenceOf } from '../der/write.ts'
import { readSealProperty } from './property.ts'
import type { Signing, SignedValue } from './signed-value.ts'

/** SES_Signature of version 1 (GM/T 0031), 4 (GB/T 38540) or 5. Throws {@link Malformed}. */
export function readSes(whole: Der, signature: Uint8Array): SignedValue {
  const [toSign, ...rest] = sequence(whole)
  return rest.length === 1
    ? readFirst(expect(toSign, tags.sequence), rest, signature)
    : readLater(expect(toSign, tags.sequence), rest, signature)
}

/** `SEQ{ toSign SEQ{version, eseal, timeInfo, dataHash, propertyInfo, cert, alg}, signature }` */
function readFirst(toSign: Der, [value]: readonly Der[], signature: Uint8Array): SignedValue {
  const [version, eseal, timeInfo, dataHash, propertyInfo, certificate, algorithm, ...more] = sequence(toSign)
  if (more.length > 0 || smallInteger(version) > 3) throw new Malformed('The signature has a form that its version does not have')
  checkAlgorithm(algorithm)
  text(propertyInfo)
  const signedAt = readTime(bits(timeInfo))
  return {
    form: 'ses-1',
    ...common(toSign, octets(certificate), bits(value), readSeal(expect(eseal, tags.sequence), 1)),
    fits: sameBytes(bits(dataHash), sm3(signature)),
    signedAt,
    hasTimestamp: signedAt === null,
  }
}

/** `SEQ{ toSign SEQ{version, eseal, timeInfo, dataHash, propertyInfo, [0] ext}, cert, alg, signature, [0] timestamp }` */
function readLater(toSign: Der, [certificate, algorithm, value, timestamp, ...more]: readonly Der[], signature: Uint8Array): SignedValue {
  const [version, eseal, timeInfo, dataHash, propertyInfo, extensions, ...moreSigned] = sequence(toSign)
  const number = smallInteger(version)
  if (number !== 4 && number !== 5) throw new Malformed('The signature is of an unknown version')
  if (more.length > 0 || moreSigned.length > 0) throw new Malformed('The signature has parts that do not belong there')
  if (extensions && extensions.tag !== contextTag(0)) throw new Malformed('The signature has parts that do not belong there')
  if (timestamp && timestamp.tag !== contextTag(0)) throw new Malformed('The signature has parts that do not belong there')
  checkAlgorithm(algorithm)
  text(propertyInfo)
  return {
    form: number === 5 ? 'ses-5' : 'ses-4',
    ...common(toSign, octets(certificate), bits(value), readSeal(expect(eseal, tags.sequence), number)),
    fits: sameBytes(bits(dataHash), sm3(signature)),
    signedAt: time(expect(timeInfo, tags.time)),
    hasTimestamp: timestamp !== undefined,
  }
}

function common(toSign: Der, certificate: Uint8Array, value: Uint8Array, eseal: Eseal) {
  const signer = readCertificate(certificate)
  const maker = readCertificate(eseal.maker)
  const { names, ...property } = eseal.property
  const signings: Signing[] = [
    { by: 'signer', key: signer.key, message: toSign.raw, signature: readSignature(value) },
    { by: 'maker', key: maker.key, message: eseal.message, signature: readSignature(eseal.value) },
  ]
  return { signer, pool: [maker], signings, seal: { ...property, maker, namesSigner: names(certificate) } }
}

/** A seal: what it says, and the maker's signature over that. */
interface Eseal {
  readonly property: ReturnType<typeof readSealProperty>
  readonly maker: Uint8Array
  readonly message: Uint8Array
  readonly value: Uint8Array
}

/** `SEQ{ sealInfo, cert, alg, signature }`; in version 1 the last three are a SEQUENCE of their own, and signed along with the first. */
function readSeal(eseal: Der, version: 1 | 4 | 5): Eseal {
  const [info, ...rest] = sequence(eseal)
  const [certificate, algorithm, value, ...more] = version === 1 ? sequence(rest.length === 1 ? rest[0] : undefined) : rest
  if (more.length > 0) throw new Malformed('The seal has parts that do not belong there')
  checkAlgorithm(algorithm)
  const sealInfo = expect(info, tags.sequence)
  return {
    property: readSealInfo(sealInfo, version),
    maker: octets(certificate),
    message: version === 1 ? sequenceOf(sealInfo.raw, expect(certificate, tags.octets).raw, expect(algorithm, tags.oid).raw) : sealInfo.raw,
    value: bits(value),
  }
}

/** SES_SealInfo: header, identifier, property, picture, and extensions of any form, which say nothing here. */
function readSealInfo(info: Der, version: 1 | 4 | 5) {
  const [header, id, property, picture, ...extensions] = sequence(info)
  const [mark, number, vendor, ...more] = sequence(header)
  if (text(mark) !== 'ES' || more.length > 0 || extensions.length > 1) throw new Malformed('The seal is of unknown form')
  const stated = smallInteger(number)
  if (version === 1 ? stated > 3 : stated !== version) throw new Malformed('The seal is of another version than the signature')
  text(vendor)
  text(id)
  const [kind, image, width, height, ...moreOfPicture] = sequence(picture)
  if (moreOfPicture.length > 0) throw new Malformed('The seal has a picture of unknown form')
  text(kind)
  octets(image)
  smallInteger(width)
  smallInteger(height)
  for (const one of extensions) valuesIn(one)
  return readSealProperty(property, version)
}

function checkAlgorithm(algorithm: Der | undefined): void {
  if (oid(algorithm) !== oids.sm2WithSm3) throw new Malformed('The signature is made by another algorithm than SM2 with SM3')
}

/** Version 1 keeps the time in a BIT STRING: as DER, as text, or as a timestamp token, which is not read here. */
function readTime(bytes: Uint8Array): Instant | null {
  const plain = String.fromCharCode(...bytes.subarray(0, 40))
  const asText = parseTime(plain) ?? (/^\d{12}Z$/.test(plain) ? parseTime(`20${plain}`) : null)
  if (asText !== null) return asText
  try {
    return time(readDer(bytes))
  } catch {
    return null
  }
}
