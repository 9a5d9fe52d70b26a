import { greyPng } from '../../pdf/picture/png.ts'

/** The size of a JBIG2 file (ITU-T T.88 annex D): that of its page, which comes first in the files that invoices hold; null for others. */
export function jbig2Size(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const magic = [0x97, 0x4a, 0x42, 0x32, 0x0d, 0x0a, 0x1a, 0x0a]
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

/** Decodes a JBIG2 file to a PNG; null when it is damaged. The decoder comes with the first one. */
export async function decodeJbig2(bytes: Uint8Array): Promise<Uint8Array | null> {
  const { Jbig2Image } = await import('pdfjs-dist/legacy/image_decoders/pdf.image_decoders.min.mjs')
  const size = jbig2Size(bytes)
  try {
    const image = new Jbig2Image()
    const grey = image.parse(bytes)
    const isWhole = size !== null && image.width === size.width && image.height === size.height
    return isWhole ? greyPng(grey, image.width, image.height) : null
  } catch {
    return null
  }
}
