import { greyPng } from './png.ts'

/** A QR drawn with fewer pixels than this is enlarged, or its modules are too small to be found. */
const smallSide = 400

/** A grey picture as a PNG, with the white margin a QR needs; small ones with larger pixels. */
export function withMargin(grey: Uint8Array, width: number, height: number): Uint8Array {
  const by = Math.max(1, Math.min(8, Math.ceil(smallSide / Math.max(width, height))))
  const margin = Math.ceil((Math.max(width, height) * by) / 12)
  const [w, h] = [width * by + 2 * margin, height * by + 2 * margin]
  const out = new Uint8Array(w * h).fill(255)
  for (let y = 0; y < height * by; y++) {
    const from = Math.floor(y / by) * width
    const to = (y + margin) * w + margin
    if (by === 1) out.set(grey.subarray(from, from + width), to)
    else for (let x = 0; x < width * by; x++) out[to + x] = grey[from + Math.floor(x / by)]!
  }
  return greyPng(out, w, h)
}
