import { isTooLarge, readPictureHeader } from '../../picture/header.ts'
import { decodeJbig2, jbig2Size } from '../../picture/forms/jbig2.ts'
import type { Meter } from './meter.ts'
import type { ScenePicture } from './scene.ts'

/** The pictures of a drawing, each once. */
export interface Pictures {
  /** The index of these bytes as a picture; null when they are none that is drawn. The same `key` is the same picture. */
  add(key: string, bytes: Uint8Array | null): number | null
  /** All of them, ready for a browser; null for a damaged one. */
  finish(): Promise<readonly (ScenePicture | null)[]>
  /** True when one of a kind came that is not drawn, or too large. */
  readonly left: boolean
}

const types = { jpeg: 'image/jpeg', png: 'image/png', bmp: 'image/bmp', gif: 'image/gif' } as const

export function createPictures(meter: Meter): Pictures {
  const known = new Map<string, number | null>()
  const list: (ScenePicture | { readonly jbig2: Uint8Array })[] = []
  let left = false

  function place(bytes: Uint8Array): number | null {
    const header = readPictureHeader(bytes)
    const type = header && header.type in types ? types[header.type as keyof typeof types] : null
    if (!header || !type) {
      const size = jbig2Size(bytes)
      if (!size || !fits(size)) return null
      return list.push({ jbig2: bytes }) - 1
    }
    return fits(header) ? list.push({ type, bytes: bytes.slice() }) - 1 : null
  }
  function fits(size: { width: number; height: number }): boolean {
    return !isTooLarge(size) && meter.take('pictures') && meter.take('pixels', size.width * size.height)
  }
  return {
    add(key, bytes) {
      const before = known.get(key)
      if (before !== undefined) return before
      const index = bytes && place(bytes)
      if (bytes && index === null) left = true
      known.set(key, index)
      return index
    },
    finish: () =>
      Promise.all(
        list.map(async (one) => {
          if (!('jbig2' in one)) return one
          const bytes = await decodeJbig2(one.jbig2)
          if (bytes === null) left = true
          return bytes && { type: 'image/png' as const, bytes }
        }),
      ),
    get left() {
      return left
    },
  }
}
