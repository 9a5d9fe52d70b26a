import { aesDecrypt, aesEncrypt } from './aes.ts'
import { md5, sha2 } from './digest.ts'
import { rc4 } from './rc4.ts'

/** What the standard security handler's dictionary says (ISO 32000-2 7.6.4). */
export interface StandardHandler {
  readonly revision: number
  /** Bytes of the key. */
  readonly length: number
  readonly owner: Uint8Array
  readonly user: Uint8Array
  readonly userKey: Uint8Array
  readonly permissions: number
  readonly isMetadataEncrypted: boolean
  /** The first part of the file's ID. */
  readonly id: Uint8Array
}

/** Stands for a password, and fills up a short one (algorithm 2, step a). */
const padding = Uint8Array.from(
  [0x28bf4e5e, 0x4e758a41, 0x64004e56, 0xfffa0108, 0x2e2e00b6, 0xd0683e80, 0x2f0ca9fe, 0x6453697a].flatMap((word) => [
    word >>> 24,
    (word >>> 16) & 255,
    (word >>> 8) & 255,
    word & 255,
  ]),
)

/** The file's key, by the empty user password; null when that is not the password. */
export function keyByNoPassword(handler: StandardHandler): Uint8Array | null {
  return handler.revision >= 5 ? keyOfLate(handler) : keyOfEarly(handler)
}

/** Revisions 2 to 4: algorithms 2 and 6. */
function keyOfEarly({ revision, length, owner, user, permissions, isMetadataEncrypted, id }: StandardHandler): Uint8Array | null {
  const rights = Uint8Array.of(permissions, permissions >> 8, permissions >> 16, permissions >> 24)
  const open = revision >= 4 && !isMetadataEncrypted ? Uint8Array.of(255, 255, 255, 255) : new Uint8Array()
  let key = md5(padding, owner.subarray(0, 32), rights, id, open).subarray(0, length)
  if (revision < 3) return same(rc4(key, padding), user.subarray(0, 32)) ? key : null
  for (let round = 0; round < 50; round++) key = md5(key).subarray(0, length)
  let proof = rc4(key, md5(padding, id))
  for (let round = 1; round < 20; round++)
    proof = rc4(
      key.map((byte) => byte ^ round),
      proof,
    )
  return same(proof, user.subarray(0, 16)) ? key : null
}

/** Revisions 5 and 6: algorithms 2.A and 2.B. */
function keyOfLate({ revision, user, userKey }: StandardHandler): Uint8Array | null {
  if (user.length < 48 || userKey.length < 32) return null
  const hash = (salt: Uint8Array) => (revision === 5 ? sha2(256, salt) : hardened(salt))
  if (!same(hash(user.subarray(32, 40)), user.subarray(0, 32))) return null
  return aesDecrypt(hash(user.subarray(40, 48)), new Uint8Array(16), userKey.subarray(0, 32))
}

/** Algorithm 2.B for the empty password. */
function hardened(salt: Uint8Array): Uint8Array {
  let key = sha2(256, salt)
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const repeated = new Uint8Array(key.length * 64)
    for (let at = 0; at < repeated.length; at += key.length) repeated.set(key, at)
    const mixed = aesEncrypt(key.subarray(0, 16), key.subarray(16, 32), repeated)
    const which = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = sha2(which === 0 ? 256 : which === 1 ? 384 : 512, mixed)
    last = mixed.at(-1) ?? 0
  }
  return key.subarray(0, 32)
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
