/** A grey picture: one byte a pixel, row by row, no padding. */
export interface Luminance {
  readonly data: Uint8Array | Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** Pixels as a canvas (`rgba`, four bytes a pixel) or a video frame's Y plane (`luminance`, one byte a pixel) gives them. */
export interface Pixels extends Luminance {
  readonly layout: 'luminance' | 'rgba'
}

/**
 * The luminance of pixels (ITU-R BT.601 weights, alpha ignored); luminance is passed through without a copy.
 * @throws RangeError when the data does not have the size it claims: out-of-range reads in WASM would otherwise follow.
 */
export function luminanceOf({ data, width, height, layout }: Pixels): Luminance {
  const channels = layout === 'rgba' ? 4 : 1
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0) || data.length !== width * height * channels)
    throw new RangeError(`${data.length} bytes are not ${width}×${height} pixels of ${layout}`)
  if (layout === 'luminance') return { data, width, height }
  const out = new Uint8Array(width * height)
  for (let i = 0, from = 0; i < out.length; i++, from += 4)
    out[i] = (306 * data[from]! + 601 * data[from + 1]! + 117 * data[from + 2]! + 512) >> 10
  return { data: out, width, height }
}
