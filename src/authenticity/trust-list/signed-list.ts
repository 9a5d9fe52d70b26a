import { fromBase64, fromHex } from '../crypto/bytes.ts'
import { verifyEd25519 } from '../crypto/ed25519.ts'
import type { TrustList } from './list.ts'
import { parseList } from './parse.ts'

/** What stands before the list in the signed bytes, so that a signature over a list is one over nothing else. */
export const listContext = 'piaozai-trust-list-v1\0'

/** A list that came from somewhere, and who says that it is to be relied on. */
export type OpenedList =
  | { readonly is: 'operator' | 'imported'; readonly list: TrustList }
  /** `malformed`: no trust list. `forged`: it bears a signature, and not that of the pinned key. */
  | { readonly is: 'malformed' | 'forged' }

/** The bytes that the operator's offline key signs: the context and the list's own text. */
export function signedBytes(list: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${listContext}${list}`)
}

/**
 * Opens a list: either its JSON alone, which only a person may import for themselves, or `{"list":"…","signature":"<base64>"}` with the
 * very text of that JSON, signed with Ed25519 by the operator.
 * @param pinnedKey the operator's public key that the build pins, hex; null when it pins none, so that no signature is that of the operator.
 */
export async function openList(text: string, pinnedKey: string | null): Promise<OpenedList> {
  const envelope = envelopeOf(text)
  const list = parseList(envelope?.list ?? text)
  if (list === null) return { is: 'malformed' }
  if (envelope === null) return { is: 'imported', list }
  const key = fromHex(pinnedKey ?? '')
  const signature = fromBase64(envelope.signature)
  const holds = key !== null && signature !== null && (await verifyEd25519(key, signedBytes(envelope.list), signature))
  return holds ? { is: 'operator', list } : { is: 'forged' }
}

function envelopeOf(text: string): { readonly list: string; readonly signature: string } | null {
  try {
    const json = JSON.parse(text) as { readonly list?: unknown; readonly signature?: unknown } | null
    return typeof json?.list === 'string' && typeof json.signature === 'string' ? { list: json.list, signature: json.signature } : null
  } catch {
    return null
  }
}
