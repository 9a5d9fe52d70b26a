/** The kind and size a picture file declares. */
export interface PictureHeader {
  readonly type: 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'heif' | 'jp2'
  readonly width: number
  readonly height: number
}

/** 40 megapixels: more than a phone's camera gives by default, less than a decompression bomb wants. */
export const maxPixels = 40_000_000

/**
 * Reads type and size from the first bytes of a JPEG, PNG, WebP, GIF, BMP, HEIF/AVIF or JPEG 2000 file, without decoding anything.
 * @returns null when it is none of these or the header is broken or empty.
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    for (const [type, sizeOf] of sizes) {
      const size = sizeOf(view)
      if (size) return size.width > 0 && size.height > 0 ? { type, ...size } : null
    }
  } catch (error) {
    // A file that ends inside its header.
    if (!(error instanceof RangeError)) throw error
  }
  return null
}

/** Whether a picture is too large to be opened. */
export function isTooLarge({ width, height }: { readonly width: number; readonly height: number }): boolean {
  return width * height > maxPixels
}

type SizeOf = (view: DataView) => { readonly width: number; readonly height: number } | null

const sizes: readonly (readonly [PictureHeader['type'], SizeOf])[] = [
  ['jpeg', jpegSize],
  ['png', pngSize],
  ['webp', webpSize],
  ['gif', gifSize],
  ['bmp', bmpSize],
  ['heif', heifSize],
  ['jp2', jp2Size],
]

/** ITU-T T.81 B.1: segments until the first frame header (SOF0–SOF15 without DHT, JPG, DAC). Thumbnails lie inside segments and are skipped. */
function jpegSize(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return { width: 0, height: 0 }
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    if (marker === 0xd9 || marker === 0xda) return { width: 0, height: 0 }
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += 2 + (standsAlone ? 0 : Math.max(2, view.getUint16(at + 2)))
  }
}

/** PNG (ISO/IEC 15948): IHDR is the first chunk. */
function pngSize(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** RFC 9649: VP8 (lossy), VP8L (lossless) or VP8X (extended). */
function webpSize(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 30 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WEBP') return null
  switch (tag(view, 12)) {
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    case 'VP8L': {
      const bits = view.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 }
    default:
      return { width: 0, height: 0 }
  }
}

/** GIF87a, GIF89a: the logical screen. */
function gifSize(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 10 || tag(view, 0) !== 'GIF8') return null
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

/** BITMAPCOREHEADER or any later one; a negative height is a top-down picture. */
function bmpSize(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 26 || view.getUint16(0) !== 0x424d) return null
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) }
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
}

/** ISO/IEC 23008-12: the largest `ispe` property in the file's first 64 KiB, where HEIC and AVIF keep their `meta` box. */
function heifSize(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 12 || tag(view, 4) !== 'ftyp') return null
  let size = { width: 0, height: 0 }
  for (let at = 12; at + 16 <= Math.min(view.byteLength, 65_536); at++) {
    if (view.getUint32(at) !== 0x69737065) continue
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (found.width * found.height > size.width * size.height) size = found
  }
  return size
}

/** JPEG 2000 (ISO/IEC 15444-1): the `ihdr` box of a file, or the SIZ marker of a bare code stream. */
function jp2Size(view: DataView): ReturnType<SizeOf> {
  if (view.byteLength < 24) return null
  if (view.getUint32(0) === 0xff4fff51)
    return { width: view.getUint32(8) - view.getUint32(16), height: view.getUint32(12) - view.getUint32(20) }
  if (view.getUint32(0) !== 12 || tag(view, 4) !== 'jP  ') return null
  for (let at = 12; at + 16 <= Math.min(view.byteLength, 4_096); at++)
    if (tag(view, at) === 'ihdr') return { height: view.getUint32(at + 4), width: view.getUint32(at + 8) }
  return { width: 0, height: 0 }
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}
