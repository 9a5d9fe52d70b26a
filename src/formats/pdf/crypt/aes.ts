import { cbc } from '@noble/ciphers/aes.js'

/** AES-CBC (FIPS 197, SP 800-38A) of whole blocks, undone. The padding stays; bytes after the last whole block are left out. */
export function aesDecrypt(key: Uint8Array, start: Uint8Array, data: Uint8Array): Uint8Array {
  return cbc(key, start, { disablePadding: true }).decrypt(data.subarray(0, data.length & ~15))
}

/** AES-CBC of whole blocks. */
export function aesEncrypt(key: Uint8Array, start: Uint8Array, data: Uint8Array): Uint8Array {
  return cbc(key, start, { disablePadding: true }).encrypt(data.subarray(0, data.length & ~15))
}
