import { encodePayload, payloadLength, type Envelope } from './payload.ts'
import type { ReceiptContents } from './contents.ts'
import { receiptLength, toText } from './text.ts'

/** What stands before a payload in the signed bytes, so that a signature over a receipt is one over nothing else. */
const context = new TextEncoder().encode('piaozai-receipt-v1\0')
/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to the key itself. */
const spki = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

/** Who signs. */
export interface Signer {
  /** 4 bytes, see {@link kidOfKey}. */
  readonly kid: Uint8Array
  /** An Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array<ArrayBuffer>): Uint8Array
}

/** The short name of a public key of 32 bytes: the first 4 bytes of SHA-256 over its SPKI. */
export async function kidOfKey(publicKey: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.of(...spki, ...publicKey))).subarray(0, 4)
}

/** Writes and signs a receipt. @returns its text, or null when code and number are no digits, or more than it holds. */
export function issueReceipt(contents: ReceiptContents, signer: Signer, nonce: Envelope['nonce']): string | null {
  const payload = encodePayload(contents, { kid: signer.kid, nonce })
  if (payload === null) return null
  const receipt = new Uint8Array(receiptLength)
  receipt.set(payload)
  receipt.set(signer.sign(signedPart(payload)), payloadLength)
  return toText(receipt)
}

/** The bytes that the signature of a receipt is over. */
export function signedPart(receipt: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...context, ...receipt.subarray(0, payloadLength))
}
