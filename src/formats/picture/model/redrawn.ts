import type { Luminance } from '../luminance.ts'
import type { Pattern } from './pattern.ts'

const unit = 4
const quiet = 4

/** A clean picture of the decided modules with a quiet zone; the fixed ones as they must be. */
export function redrawn({ size, modules }: Pattern, soft: Float64Array): Luminance {
  const width = (size + 2 * quiet) * unit
  const data = new Uint8Array(width * width).fill(255)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const fixed = modules[y * size + x]!
      if (fixed !== 0 ? fixed < 0 : soft[y * size + x]! <= 0) continue
      for (let j = 0; j < unit; j++) {
        const from = ((y + quiet) * unit + j) * width + (x + quiet) * unit
        data.fill(0, from, from + unit)
      }
    }
  return { data, width, height: width }
}
