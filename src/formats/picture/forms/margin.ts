import type { Luminance } from '../luminance.ts'

/** A QR drawn with fewer pixels than this is enlarged, or its modules are too small to be found. */
const smallSide = 400

/** A grey picture with the white margin a QR needs; small ones with larger pixels. */
export function withMargin(grey: Uint8Array, width: number, height: number): Luminance {
  const by = Math.max(1, Math.min(8, Math.ceil(smallSide / Math.max(width, height))))
  const margin = Math.ceil((Math.max(width, height) * by) / 12)
  const [w, h] = [width * by + 2 * margin, height * by + 2 * margin]
  const data = new Uint8Array(w * h).fill(255)
  for (let y = 0; y < height; y++) {
    const line = (y * by + margin) * w
    for (let x = 0, to = line + margin; x < width; x++) {
      const value = grey[y * width + x]!
      for (let times = 0; times < by; times++) data[to++] = value
    }
    for (let times = 1; times < by; times++) data.copyWithin(line + times * w, line, line + w)
  }
  return { data, width: w, height: h }
}
