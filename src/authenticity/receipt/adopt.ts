import { openKeys, parseKeys, writeKeys, type KeyList } from './keys.ts'

/** A key list as a device keeps it: whose, under which root, and its merged text. */
export interface KeptKeys {
  readonly root: string | null
  readonly list: KeyList
}

/**
 * The keys to go on with when a gateway sends its list. A list of another root than before, of none after one of a root, or older than the one
 * that is kept changes nothing. Keys that the new list leaves out stay, and no list takes back that one was revoked.
 * @param pinned the operator's key that the build pins, hex: then only what it signed is taken. Null: the first root seen is the gateway's.
 */
export async function adoptKeys(kept: KeptKeys | null, text: string, pinned: string | null): Promise<KeptKeys | null> {
  const next = await openKeys(text)
  if (next.is !== 'keys' || (pinned !== null && next.root !== pinned)) return kept
  if (kept === null) return { root: next.root, list: next.list }
  if ((kept.root !== null && next.root !== kept.root) || next.list.version < kept.list.version) return kept
  return { root: next.root, list: merged(kept.list, next.list) }
}

function merged(before: KeyList, next: KeyList): KeyList {
  const wasRevoked = new Set(before.keys.filter(({ revoked }) => revoked).map(({ publicKey }) => publicKey))
  const known = new Set(next.keys.map(({ publicKey }) => publicKey))
  return {
    ...next,
    keys: [
      ...next.keys.map((key) => ({ ...key, revoked: key.revoked || wasRevoked.has(key.publicKey) })),
      ...before.keys.filter(({ publicKey }) => !known.has(publicKey)),
    ],
  }
}

/** {@link adoptKeys} over texts, for whoever only keeps them: what is kept, what came, and what to keep from now on. */
export async function adoptKeyText(kept: string | null, text: string, pinned: string | null): Promise<string | null> {
  const before = kept === null ? null : readKept(kept)
  const after = await adoptKeys(before, text, pinned)
  return after === null ? null : after === before ? kept : JSON.stringify({ root: after.root, list: writeKeys(after.list) })
}

/** Reads what {@link adoptKeyText} wrote on this device. @returns null when it is something else. */
export function readKept(text: string): KeptKeys | null {
  try {
    const { root, list: own } = JSON.parse(text) as { readonly root: string | null; readonly list: string }
    const list = parseKeys(own)
    return list === null ? null : { root, list }
  } catch {
    return null
  }
}
