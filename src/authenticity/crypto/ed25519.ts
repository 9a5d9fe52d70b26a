/**
 * Verifies an Ed25519 signature (RFC 8032): by the platform where it can, by a library that is loaded only then where it cannot.
 * Never throws: what is no key or no signature verifies nothing.
 */
export async function verifyEd25519(
  key: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (key.length !== 32 || signature.length !== 64) return false
  try {
    const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify'])
    return await crypto.subtle.verify('Ed25519', imported, signature, message)
  } catch {
    // Browsers before 2025 do not know the name, and no browser has WebCrypto on a page without https.
    const { ed25519 } = await import('@noble/curves/ed25519.js')
    return verifyByLibrary(() => ed25519.verify(signature, message, key, { zip215: false }))
  }
}

function verifyByLibrary(verify: () => boolean): boolean {
  try {
    return verify()
  } catch {
    return false
  }
}
