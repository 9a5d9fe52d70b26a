import { Malformed, readDer, tags, type Der } from '../der/read.ts'
import { integer, oid, sequence } from '../der/values.ts'
import { toHex } from './bytes.ts'
import type { Sm2Signature } from './sm2.ts'

/** Object identifiers of GM/T 0006. */
export const oids = {
  sm2WithSm3: '1.2.156.10197.1.501',
  sm2: '1.2.156.10197.1.301',
  sm3: '1.2.156.10197.1.401',
} as const

/** The algorithm that an AlgorithmIdentifier names, its parameters absent or NULL: writers do both. Throws {@link Malformed}. */
export function algorithmOf(der: Der | undefined): string {
  const [id, parameters, ...more] = sequence(der)
  if ((parameters && (parameters.tag !== tags.nothing || parameters.content.length > 0)) || more.length > 0)
    throw new Malformed('An algorithm has unknown parameters')
  return oid(id)
}

/** An SM2 signature: DER `SEQUENCE { r, s }` (GB/T 35276), or the 64 raw octets that some vendors store. Throws {@link Malformed}. */
export function readSignature(bytes: Uint8Array): Sm2Signature {
  if (bytes.length === 64) return { r: BigInt(`0x${toHex(bytes.subarray(0, 32))}`), s: BigInt(`0x${toHex(bytes.subarray(32))}`) }
  const [r, s, ...more] = sequence(readDer(bytes))
  if (more.length > 0) throw new Malformed('A signature has more than two numbers')
  return { r: integer(r), s: integer(s) }
}
