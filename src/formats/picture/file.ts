import type { ReadCode } from './cascade.ts'
import { isTooLarge, readPictureHeader } from './header.ts'
import type { Luminance } from './luminance.ts'
import type { WasmSource } from './reader.ts'
import type { Seen } from './seen.ts'

/** What the engine's own decoder knows. */
const decodable: ReadonlySet<string> = new Set(['jpeg', 'png', 'gif', 'bmp'])

/**
 * The QRs of a picture where there is no canvas (Node): one pass, files by the engine's own decoder, for JPEG, PNG, GIF and BMP.
 * The engine is loaded with the first picture.
 */
export async function readPictureFile(picture: Uint8Array | Luminance, wasm: WasmSource): Promise<Seen> {
  const size = picture instanceof Uint8Array ? readPictureHeader(picture) : picture
  if (!size || ('type' in size && !decodable.has(size.type))) return { ok: false, fault: 'unreadable' }
  if (isTooLarge(size)) return { ok: false, fault: 'too-large' }
  const { openReader } = await import('./reader.ts')
  const reader = await openReader(wasm)
  const codes = new Map<string, ReadCode>()
  for (const { text, corners } of reader.readOnce(picture)) if (text !== null) codes.set(text, { text, corners })
  return { ok: true, codes: [...codes.values()] }
}
