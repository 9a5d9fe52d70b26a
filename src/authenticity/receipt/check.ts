import { fromHex } from '../crypto/bytes.ts'
import { verifyEd25519 } from '../crypto/ed25519.ts'
import type { ReceiptContents } from './contents.ts'
import { signedPart } from './issue.ts'
import type { KeyList, ReceiptKey } from './keys.ts'
import { decodePayload, kidOf, payloadLength } from './payload.ts'
import { readText, receiptId } from './text.ts'

/** A key list, and where it is from. */
export interface KnownKeys {
  /** What the gateway is called on screen: the name in its list, else the host it is reached at. */
  readonly gateway: string
  readonly list: Pick<KeyList, 'keys'>
}

/** Why a receipt can be neither believed nor called altered. */
export type Uncheckable = 'unknown-key' | 'later-version' | 'key-out-of-period' | 'key-revoked'

/** What checking a receipt came to. Only `valid` proves anything; `uncheckable` proves nothing either way. */
export type CheckedReceipt =
  | { readonly is: 'valid'; readonly id: string; readonly gateway: string; readonly contents: ReceiptContents }
  | { readonly is: 'altered'; readonly id: string }
  | { readonly is: 'uncheckable'; readonly because: Uncheckable; readonly id: string | null }
  | { readonly is: 'malformed' }

/**
 * Checks a receipt by the keys at hand, without a network. Never throws for what a text holds.
 * @param text what was scanned, typed or pasted: the receipt, or an address that ends in it.
 */
export async function checkReceipt(text: string, known: readonly KnownKeys[]): Promise<CheckedReceipt> {
  const read = readText(text)
  if (read.is === 'malformed') return read
  if (read.is === 'later-version') return { is: 'uncheckable', because: 'later-version', id: null }
  const { bytes } = read
  const id = await receiptId(bytes)
  const kid = kidOf(bytes)
  const candidates = known.flatMap(({ gateway, list }) => list.keys.filter((key) => key.kid === kid).map((key) => ({ gateway, key })))
  if (candidates.length === 0) return { is: 'uncheckable', because: 'unknown-key', id }
  for (const { gateway, key } of candidates) {
    if (await signedBy(key, bytes)) return judge(decodePayload(bytes.subarray(0, payloadLength)), { id, gateway, key })
  }
  return { is: 'altered', id }
}

/** The signature holds; what does it sign, and was that key in use? */
function judge(
  contents: ReceiptContents | null,
  { id, gateway, key }: { readonly id: string; readonly gateway: string; readonly key: ReceiptKey },
): CheckedReceipt {
  const uncheckable = (because: Uncheckable): CheckedReceipt => ({ is: 'uncheckable', because, id })
  if (contents === null) return uncheckable('later-version')
  if (key.revoked) return uncheckable('key-revoked')
  if (contents.at < key.from || (key.until !== null && contents.at > key.until)) return uncheckable('key-out-of-period')
  return { is: 'valid', id, gateway, contents }
}

async function signedBy({ publicKey }: ReceiptKey, receipt: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = fromHex(publicKey)
  return key !== null && (await verifyEd25519(key, signedPart(receipt), receipt.slice(payloadLength)))
}
