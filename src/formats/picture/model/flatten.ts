import type { Luminance } from '../luminance.ts'

/** A picture in which paper is about -1 and ink about +1 everywhere, whatever the light. */
export interface Flat {
  readonly data: Float32Array
  readonly width: number
  readonly height: number
}

/** Takes away the mean around every pixel and divides by the spread around it (a square of 2·radius+1). Dark becomes positive. */
export function flattened({ data, width, height }: Luminance, radius: number): Flat {
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  const squares = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let sum = 0
    let square = 0
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x]!
      sum += value
      square += value * value
      const at = (y + 1) * stride + x + 1
      sums[at] = sums[at - stride]! + sum
      squares[at] = squares[at - stride]! + square
    }
  }
  const out = new Float32Array(width * height)
  const spreads = new Float32Array(width * height)
  let widest = 0
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - radius) * stride
    const bottom = Math.min(height, y + radius + 1) * stride
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - radius)
      const right = Math.min(width, x + radius + 1)
      const count = ((bottom - top) / stride) * (right - left)
      const mean = (sums[bottom + right]! - sums[top + right]! - sums[bottom + left]! + sums[top + left]!) / count
      const square = (squares[bottom + right]! - squares[top + right]! - squares[bottom + left]! + squares[top + left]!) / count
      const at = y * width + x
      spreads[at] = Math.sqrt(Math.max(0, square - mean * mean))
      widest = Math.max(widest, spreads[at]!)
      out[at] = mean - data[at]!
    }
  }
  // Bare paper and desk have noise only: it must not be blown up to ink. A shadow takes two thirds of a contrast at most.
  const least = Math.max(3, widest * 0.2)
  for (let i = 0; i < out.length; i++) out[i]! /= Math.max(spreads[i]!, least)
  return { data: out, width, height }
}

/** The value between pixels (pixel middles at .5), bilinear; outside the picture the nearest edge. */
export function valueAt({ data, width, height }: Flat, x: number, y: number): number {
  const cx = Math.max(0, Math.min(width - 1.001, x - 0.5))
  const cy = Math.max(0, Math.min(height - 1.001, y - 0.5))
  const left = Math.floor(cx)
  const top = Math.floor(cy)
  const fx = cx - left
  const at = top * width + left
  const upper = data[at]! + (data[at + 1]! - data[at]!) * fx
  const lower = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * fx
  return upper + (lower - upper) * (cy - top)
}
