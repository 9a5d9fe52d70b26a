import type { Luminance } from './luminance.ts'

/** Average over a (2·radius+1) square, by running sums: its cost does not depend on the radius. */
export function blurred(image: Luminance, radius: number): Luminance {
  return boxColumns(boxRows(image, radius), radius)
}

/** Adds back `amount` times what a blur of `radius` takes away: undoes defocus, and small squares stand out again. */
export function sharpened(image: Luminance, radius: number, amount: number): Luminance {
  const soft = blurred(image, radius).data
  const { data, width, height } = image
  const out = new Uint8ClampedArray(data.length)
  for (let i = 0; i < out.length; i++) out[i] = data[i]! + amount * (data[i]! - soft[i]!)
  return { data: out, width, height }
}

/** Black where darker than the average around it by more than `bias` grey levels, white elsewhere. Evens out light and shadow. */
export function binarised(image: Luminance, radius: number, bias: number): Luminance {
  const mean = blurred(image, radius).data
  const { data, width, height } = image
  const out = new Uint8Array(data.length)
  for (let i = 0; i < out.length; i++) out[i] = data[i]! < mean[i]! - bias ? 0 : 255
  return { data: out, width, height }
}

function boxRows({ data, width, height }: Luminance, radius: number): Luminance {
  const out = new Uint8Array(data.length)
  const r = Math.min(radius, width - 1)
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    for (let x = 0; x <= r; x++) sum += data[row + x]!
    let count = r + 1
    for (let x = 0; x < width; x++) {
      out[row + x] = sum / count + 0.5
      if (x + r + 1 < width) {
        sum += data[row + x + r + 1]!
        count++
      }
      if (x - r >= 0) {
        sum -= data[row + x - r]!
        count--
      }
    }
  }
  return { data: out, width, height }
}

function boxColumns({ data, width, height }: Luminance, radius: number): Luminance {
  const out = new Uint8Array(data.length)
  const r = Math.min(radius, height - 1)
  const sums = new Uint32Array(width)
  for (let y = 0; y <= r; y++) for (let x = 0; x < width; x++) sums[x]! += data[y * width + x]!
  let count = r + 1
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) out[row + x] = sums[x]! / count + 0.5
    if (y + r + 1 < height) {
      const enter = (y + r + 1) * width
      for (let x = 0; x < width; x++) sums[x]! += data[enter + x]!
      count++
    }
    if (y - r >= 0) {
      const leave = (y - r) * width
      for (let x = 0; x < width; x++) sums[x]! -= data[leave + x]!
      count--
    }
  }
  return { data: out, width, height }
}
