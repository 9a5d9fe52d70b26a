import { greyPng } from './png.ts'

const magic = [0x97, 0x4a, 0x42, 0x32, 0x0d, 0x0a, 0x1a, 0x0a]

/** The size of a JBIG2 file (ITU-T T.88 annex D): that of its page, which comes first in the files that invoices hold; null for others. */
export function jbig2Size(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 40 || !magic.every((byte, index) => bytes[index] === byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint8(8)
  const isSequential = (flags & 1) !== 0
  // The number of pages is there only when it is known.
  const segment = (flags & 2) === 0 ? 13 : 9
  if (!isSequential || (view.getUint8(segment + 4) & 0x3f) !== 48) return null
  const size = { width: view.getUint32(segment + 11), height: view.getUint32(segment + 15) }
  return size.width > 0 && size.height > 0 ? size : null
}

/** Decodes a JBIG2 file to one byte a pixel, 0 black and 255 white; null when it is damaged. The decoder comes with the first one. */
export async function jbig2Grey(bytes: Uint8Array): Promise<Uint8Array | null> {
  const size = jbig2Size(bytes)
  const { Jbig2Image } = await import('pdfjs-dist/legacy/image_decoders/pdf.image_decoders.min.mjs')
  try {
    const image = new Jbig2Image()
    const grey = image.parse(bytes)
    return size !== null && image.width === size.width && image.height === size.height ? grey : null
  } catch {
    return null
  }
}

/** Decodes a JBIG2 file to a PNG; null when it is damaged. */
export async function decodeJbig2(bytes: Uint8Array): Promise<Uint8Array | null> {
  const size = jbig2Size(bytes)
  const grey = size && (await jbig2Grey(bytes))
  return grey && greyPng(grey, size.width, size.height)
}

/** Pages and their ends, generic regions, and what a decoder passes over. */
const plain = new Set([36, 38, 39, 48, 49, 50, 51, 52, 62])
const regions = new Set([36, 38, 39])

/**
 * Whether a JBIG2 file is made of plain regions only, none larger than its page: what it costs to decode then is known beforehand. QRs are
 * written so; dictionaries of symbols, which scans have, may state anything.
 */
export function isPlainJbig2(bytes: Uint8Array): boolean {
  const size = jbig2Size(bytes)
  if (!size) return false
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let drawn = 0
  try {
    for (let at = (view.getUint8(8) & 2) === 0 ? 13 : 9; at < bytes.length;) {
      const number = view.getUint32(at)
      const flags = view.getUint8(at + 4)
      const count = view.getUint8(at + 5) >> 5
      if (!plain.has(flags & 63) || count > 4) return false
      const reference = number <= 256 ? 1 : number <= 65_536 ? 2 : 4
      at += 6 + count * reference + ((flags & 64) === 0 ? 1 : 4)
      const length = view.getUint32(at)
      at += 4
      if (regions.has(flags & 63)) {
        const [width, height] = [view.getUint32(at), view.getUint32(at + 4)]
        if (width > size.width || height > size.height) return false
        drawn += width * height
        // Two layers of one page are one too many for a bomb, and enough for a picture.
        if (drawn > 2 * size.width * size.height) return false
        // Of one region the length may be left open; nothing is known of what follows it.
        if (length === 0xffffffff) return true
      }
      at += length
    }
    return drawn > 0
  } catch {
    return false
  }
}

/** The file of a picture that a PDF embeds: its segments without a head (ISO 32000-1 7.4.7), those of `JBIG2Globals` first. */
export function jbig2File(segments: Uint8Array, globals: Uint8Array | null): Uint8Array {
  const head = [...magic, 1, 0, 0, 0, 1]
  const file = new Uint8Array(head.length + (globals?.length ?? 0) + segments.length)
  file.set(head)
  if (globals) file.set(globals, head.length)
  file.set(segments, head.length + (globals?.length ?? 0))
  return file
}
