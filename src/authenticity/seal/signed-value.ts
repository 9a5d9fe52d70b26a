import type { Instant } from '../../domain/index.ts'
import type { Certificate } from '../certificate/certificate.ts'
import type { Sm2Key, Sm2Signature } from '../crypto/sm2.ts'
import { Malformed, readDer, tags } from '../der/read.ts'
import { sequence } from '../der/values.ts'
import { readSes } from './ses.ts'
import { readSignedData } from './signed-data.ts'

/** One signature that must hold, over these very bytes. */
export interface Signing {
  readonly by: 'signer' | 'maker'
  readonly key: Sm2Key
  readonly message: Uint8Array
  readonly signature: Sm2Signature
}

/** The picture of the seal and who made it. A signature of `Type="Sign"` has none. */
export interface SealInfo {
  readonly name: string
  readonly maker: Certificate
  readonly createdAt: Instant
  readonly validFrom: Instant
  readonly validTo: Instant
  /** Does the seal name the signer's certificate as one that may use it? */
  readonly namesSigner: boolean
}

/** What a SignedValue.dat says. Nothing of it is verified. */
export interface SignedValue {
  readonly form: 'ses-1' | 'ses-4' | 'ses-5' | 'signed-data'
  readonly signer: Certificate
  /** Certificates that came along. */
  readonly pool: readonly Certificate[]
  readonly signings: readonly Signing[]
  /** Does it state the digest of the Signature.xml at hand? */
  readonly fits: boolean
  /** The signer's claim; null when it states none that can be read. */
  readonly signedAt: Instant | null
  readonly seal: SealInfo | null
  /** A timestamp came along that nobody verified here. */
  readonly hasTimestamp: boolean
}

/**
 * Reads a SignedValue.dat: an SES signature (GM/T 0031, GB/T 38540) or a SignedData (GB/T 35275), told apart by how it begins.
 * @param signature the bytes of the Signature.xml that it belongs to.
 * Throws {@link Malformed} for anything that leaves these standards, so also for keys other than SM2.
 */
export function readSignedValue(bytes: Uint8Array, signature: Uint8Array): SignedValue {
  const whole = readDer(bytes)
  const [first] = sequence(whole)
  if (first?.tag === tags.oid) return readSignedData(whole, signature)
  if (first?.tag === tags.sequence) return readSes(whole, signature)
  throw new Malformed('The signature is of no known form')
}
