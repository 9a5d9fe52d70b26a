import type { Luminance } from './luminance.ts'

/** A rectangle in whole pixels. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Every `by`×`by` block becomes its average; the remainder at the right and bottom is cut. */
export function shrink({ data, width, height }: Luminance, by: number): Luminance {
  const w = Math.floor(width / by)
  const h = Math.floor(height / by)
  const out = new Uint8Array(w * h)
  const sums = new Uint32Array(w)
  const area = by * by
  for (let y = 0; y < h; y++) {
    sums.fill(0)
    for (let j = 0; j < by; j++) {
      let from = (y * by + j) * width
      for (let x = 0; x < w; x++) {
        let sum = 0
        for (let i = 0; i < by; i++) sum += data[from++]!
        sums[x]! += sum
      }
    }
    for (let x = 0; x < w; x++) out[y * w + x] = sums[x]! / area
  }
  return { data: out, width: w, height: h }
}

/** Scales by any factor with a cubic (Catmull–Rom) kernel, which keeps edges that bilinear would blur. Meant for enlarging. */
export function enlarge(image: Luminance, factor: number): Luminance {
  const across = resampleRows(image, Math.round(image.width * factor), factor)
  return transposed(resampleRows(transposed(across), Math.round(image.height * factor), factor))
}

function resampleRows({ data, width, height }: Luminance, w: number, factor: number): Luminance {
  const out = new Uint8ClampedArray(w * height)
  const taps = new Int32Array(w * 4)
  const weights = new Float32Array(w * 4)
  for (let x = 0; x < w; x++) {
    const at = (x + 0.5) / factor - 0.5
    const left = Math.floor(at)
    const t = at - left
    for (let k = 0; k < 4; k++) taps[x * 4 + k] = Math.max(0, Math.min(width - 1, left - 1 + k))
    weights[x * 4] = ((2 - t) * t - 1) * t * 0.5
    weights[x * 4 + 1] = ((3 * t - 5) * t * t + 2) * 0.5
    weights[x * 4 + 2] = ((4 - 3 * t) * t + 1) * t * 0.5
    weights[x * 4 + 3] = (t - 1) * t * t * 0.5
  }
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0, k = 0; x < w; x++, k += 4)
      out[y * w + x] =
        data[row + taps[k]!]! * weights[k]! +
        data[row + taps[k + 1]!]! * weights[k + 1]! +
        data[row + taps[k + 2]!]! * weights[k + 2]! +
        data[row + taps[k + 3]!]! * weights[k + 3]!
  }
  return { data: out, width: w, height }
}

function transposed({ data, width, height }: Luminance): Luminance {
  const out = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out[x * height + y] = data[y * width + x]!
  return { data: out, width: height, height: width }
}

/** The part of the picture inside `area`, which is first cut to the picture. */
export function crop({ data, width, height }: Luminance, area: Area): Luminance {
  const left = Math.max(0, Math.floor(area.left))
  const top = Math.max(0, Math.floor(area.top))
  const w = Math.min(width, Math.ceil(area.left + area.width)) - left
  const h = Math.min(height, Math.ceil(area.top + area.height)) - top
  const out = new Uint8Array(Math.max(0, w) * Math.max(0, h))
  for (let y = 0; y < h; y++) out.set(data.subarray((top + y) * width + left, (top + y) * width + left + w), y * w)
  return { data: out, width: w, height: h }
}
