import { rsaBits } from '../certificate/identity.ts'
import { sameBytes } from '../crypto/bytes.ts'
import type { PdfValue } from './value.ts'

/** `unknown`: this platform cannot check it. */
export type Outcome = 'holds' | 'fails' | 'unknown'

type Bytes = Uint8Array<ArrayBuffer>

/** Verifies a signature value over these bytes with the platform's own RSA. Never throws. */
export async function verifyPdfValue({ signer, hash, signature, attributes }: PdfValue, signed: Bytes): Promise<Outcome> {
  try {
    if (attributes) {
      const digest = new Uint8Array(await crypto.subtle.digest(hash, signed))
      if (!sameBytes(digest, attributes.digest)) return 'fails'
    }
    const key = await crypto.subtle.importKey('spki', copy(signer.keyInfo), { name: 'RSASSA-PKCS1-v1_5', hash }, false, ['verify'])
    const holds = await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, copy(signature), attributes ? copy(attributes.signed) : signed)
    return holds ? 'holds' : 'fails'
  } catch {
    // No WebCrypto on a page without https, or a key it does not take.
    return 'unknown'
  }
}

/** What was signed with, and whether that still counts as strong. */
export function strengthOf({ signer, hash }: PdfValue): { readonly name: string; readonly isWeak: boolean } {
  const bits = rsaBits(signer.keyInfo)
  return { name: `RSA-${bits} with ${hash}`, isWeak: bits < 2_048 || hash === 'SHA-1' }
}

function copy(bytes: Uint8Array): Bytes {
  return new Uint8Array(bytes)
}
