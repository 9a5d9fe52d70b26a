import type { ReadCode } from './cascade.ts'
import { isTooLarge, readPictureHeader } from './header.ts'
import type { WasmSource } from './reader.ts'
import type { Seen } from './seen.ts'

/** What the engine's own decoder knows. */
const decodable: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'bmp'])

/**
 * The QRs of a picture file where there is no canvas (Node): one pass with the engine's own decoder, for JPEG, PNG, GIF and BMP.
 * The engine is loaded with the first picture.
 */
export async function readPictureFile(bytes: Uint8Array, wasm: WasmSource): Promise<Seen> {
  const header = readPictureHeader(bytes)
  if (!header || !decodable.has(header.type)) return { ok: false, fault: 'unreadable' }
  if (isTooLarge(header)) return { ok: false, fault: 'too-large' }
  const { openReader } = await import('./reader.ts')
  const reader = await openReader(wasm)
  const codes = new Map<string, ReadCode>()
  for (const { text, corners } of reader.readFile(bytes)) if (text !== null) codes.set(text, { text, corners })
  return { ok: true, codes: [...codes.values()] }
}
