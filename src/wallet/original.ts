import type { Tables } from './database.ts'
import type { Original } from './entry.ts'
import type { Environment } from './environment.ts'
import { toHex } from './id.ts'
import { text } from './read.ts'

export async function sha256(bytes: ArrayBuffer, digest: Environment['digest']): Promise<string> {
  return toHex(new Uint8Array(await digest(bytes)))
}

/** In bytes; 0 for what is none. */
export function sizeOf(bytes: unknown): number {
  return isBytes(bytes) ? bytes.byteLength : 0
}

/** Not `instanceof`: the bytes may come from another realm. */
function isBytes(bytes: unknown): bytes is ArrayBuffer {
  return Object.prototype.toString.call(bytes) === '[object ArrayBuffer]'
}

export async function readOriginal(db: Tables, hash: string): Promise<Original | null> {
  const row = await db.originals.get(hash)
  const bytes = row?.bytes
  if (row === undefined || !isBytes(bytes)) return null
  return { sha256: hash, name: text(row.name) ?? hash, type: text(row.type) ?? '', bytes }
}
