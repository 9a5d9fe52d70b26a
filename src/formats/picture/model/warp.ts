import { type Flat, valueAt } from './flatten.ts'
import type { Grid } from './grid.ts'
import type { Pattern } from './pattern.ts'

/** Knots on a side: paper waves on a QR of 2 cm are no shorter. */
const knots = 4

/**
 * Bends the grid where paper is not flat: the knots of a coarse mesh are moved, in fractions of a module, until the picture agrees best
 * with what the modules were decided to be.
 */
export function bent(flat: Flat, { size, modules }: Pattern, soft: Float64Array, grid: Grid): Grid {
  const shifts = new Float64Array(knots * knots * 2)
  const span = size / (knots - 1)
  const moved: Grid = (x, y) => {
    const column = Math.max(0, Math.min(knots - 2, Math.floor(x / span)))
    const row = Math.max(0, Math.min(knots - 2, Math.floor(y / span)))
    const fx = x / span - column
    const fy = y / span - row
    const at = (row * knots + column) * 2
    const mix = (i: number) =>
      (shifts[at + i]! * (1 - fx) + shifts[at + 2 + i]! * fx) * (1 - fy) +
      (shifts[at + knots * 2 + i]! * (1 - fx) + shifts[at + knots * 2 + 2 + i]! * fx) * fy
    return grid(x + mix(0), y + mix(1))
  }
  const target = (module: number) => (modules[module] !== 0 ? modules[module]! : Math.max(-1, Math.min(1, soft[module]!)))

  /** Agreement of the modules that knot (column, row) has a say in. */
  function agreement(column: number, row: number): number {
    let sum = 0
    const [left, right] = [Math.max(0, Math.floor((column - 1) * span)), Math.min(size, Math.ceil((column + 1) * span))]
    const [top, bottom] = [Math.max(0, Math.floor((row - 1) * span)), Math.min(size, Math.ceil((row + 1) * span))]
    for (let y = top; y < bottom; y++)
      for (let x = left; x < right; x++) {
        const at = moved(x + 0.5, y + 0.5)
        sum += target(y * size + x) * valueAt(flat, at.x, at.y)
      }
    return sum
  }

  for (const step of [0.3, 0.15])
    for (let row = 0; row < knots; row++)
      for (let column = 0; column < knots; column++)
        for (let axis = 0; axis < 2; axis++) {
          const at = (row * knots + column) * 2 + axis
          const start = shifts[at]!
          let best = agreement(column, row)
          for (const shift of [start - step, start + step]) {
            const kept = shifts[at]!
            shifts[at] = shift
            const next = agreement(column, row)
            if (next > best) best = next
            else shifts[at] = kept
          }
        }
  return moved
}
