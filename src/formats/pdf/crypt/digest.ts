import { md5 as digest } from '@noble/hashes/legacy.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { concatBytes } from '@noble/hashes/utils.js'

// By a library and not by the platform: objects of a PDF are read without waiting.

/** MD5 (RFC 1321) over parts: no protection any more, but how old PDFs make their keys. */
export function md5(...parts: readonly Uint8Array[]): Uint8Array {
  return digest(concatBytes(...parts))
}

const sizes = { 256: sha256, 384: sha384, 512: sha512 } as const

/** SHA-2 (FIPS 180-4) of so many bits. */
export function sha2(bits: keyof typeof sizes, data: Uint8Array): Uint8Array {
  return sizes[bits](data)
}
