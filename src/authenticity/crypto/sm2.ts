import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { fromHex, toHex } from './bytes.ts'
import { sm3 } from './sm3.ts'

/** The recommended curve of GB/T 32918.5-2017. */
const curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
const Point = weierstrass(curve)

/** The identity that everybody uses for signing (GB/T 35276-2017 10). */
export const defaultId = new TextEncoder().encode('1234567812345678')

/** A signature: two integers below the order of the curve. */
export interface Sm2Signature {
  readonly r: bigint
  readonly s: bigint
}

/** A public key: an uncompressed point that is known to lie on the curve. */
export interface Sm2Key {
  /** 04 ‖ x ‖ y, 65 bytes. */
  readonly bytes: Uint8Array
  readonly point: InstanceType<typeof Point>
}

/** Reads an uncompressed public key. @returns null when it is no point of the curve. */
export function readKey(bytes: Uint8Array): Sm2Key | null {
  if (bytes.length !== 65 || bytes[0] !== 4) return null
  try {
    const point = Point.fromAffine({ x: integer(bytes.subarray(1, 33)), y: integer(bytes.subarray(33)) })
    point.assertValidity()
    return { bytes, point }
  } catch {
    return null
  }
}

/** Z, the hash of who signs (GB/T 32918.2-2016 5.5): length of the id in bits ‖ id ‖ a ‖ b ‖ G ‖ key. */
export function identityHash(key: Uint8Array, id: Uint8Array = defaultId): Uint8Array {
  const bits = id.length * 8
  return sm3(Uint8Array.of(bits >>> 8, bits & 0xff), id, parameters, key.subarray(1))
}

/** e of a message: SM3(Z ‖ M). */
export function messageHash(key: Uint8Array, message: Uint8Array, id: Uint8Array = defaultId): Uint8Array {
  return sm3(identityHash(key, id), message)
}

/** Verifies a signature over a message (GB/T 32918.2-2016 7.1). */
export function verify(key: Sm2Key, message: Uint8Array, { r, s }: Sm2Signature, id: Uint8Array = defaultId): boolean {
  const { n } = curve
  if (r < 1n || r >= n || s < 1n || s >= n) return false
  const t = (r + s) % n
  if (t === 0n) return false
  const e = integer(messageHash(key.bytes, message, id))
  const sum = Point.BASE.mulAddUnsafe(s, key.point, t)
  return !sum.is0() && (e + sum.toAffine().x) % n === r
}

const parameters = hexBytes([curve.a, curve.b, curve.Gx, curve.Gy].map((value) => value.toString(16).padStart(64, '0')).join(''))

function hexBytes(text: string): Uint8Array {
  return fromHex(text) ?? new Uint8Array()
}

function integer(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`)
}
