import { type Flat, valueAt } from './flatten.ts'
import { type Grid, gridOf, isPlausible, type Quad } from './grid.ts'
import type { Pattern } from './pattern.ts'

/** How a symbol lies in the picture, and how well its modules agree with what they should be (1 would be perfect, 0 chance). */
export interface Fit {
  readonly quad: Quad
  readonly score: number
}

interface Anchor {
  readonly x: number
  readonly y: number
  readonly value: number
}

/** Moves the corners until the fixed modules agree best with the picture: coordinate descent, steps in modules. */
export function fitted(flat: Flat, pattern: Pattern, start: Quad, steps: readonly number[]): Fit {
  const anchors = anchorsOf(pattern)
  const scoreOf = (quad: Quad) => agreement(flat, anchors, gridOf(quad, pattern.size))
  let quad = start
  let score = scoreOf(quad)
  const unit = Math.hypot(start[1].x - start[0].x, start[1].y - start[0].y) / pattern.size
  for (const step of steps)
    for (let sweep = 0; sweep < 4; sweep++) {
      const before = score
      for (let corner = 0; corner < 4; corner++)
        for (const [dx, dy] of directions) {
          const moved = quad.map((at, i) =>
            i === corner ? { x: at.x + dx * step * unit, y: at.y + dy * step * unit } : at,
          ) as unknown as Quad
          const next = scoreOf(moved)
          if (next > score) {
            score = next
            quad = moved
          }
        }
      if (score - before < 0.002) break
    }
  return { quad, score: isPlausible(quad) ? score : 0 }
}

const directions = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const

/** The fixed modules, and one ring of the quiet zone. */
function anchorsOf({ size, modules }: Pattern): Anchor[] {
  const anchors: Anchor[] = []
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const value = modules[y * size + x]!
      if (value !== 0) anchors.push({ x: x + 0.5, y: y + 0.5, value })
    }
  for (let i = 0; i < size; i += 2)
    anchors.push(
      { x: i + 0.5, y: -0.5, value: -1 },
      { x: i + 0.5, y: size + 0.5, value: -1 },
      { x: -0.5, y: i + 0.5, value: -1 },
      { x: size + 0.5, y: i + 0.5, value: -1 },
    )
  return anchors
}

/** Correlation of the picture's values with the anchors'. */
function agreement(flat: Flat, anchors: readonly Anchor[], grid: Grid): number {
  let sum = 0
  let square = 0
  let dot = 0
  let values = 0
  for (const { x, y, value } of anchors) {
    const at = grid(x, y)
    const seen = valueAt(flat, at.x, at.y)
    sum += seen
    square += seen * seen
    dot += seen * value
    values += value
  }
  const n = anchors.length
  const variance = (square - (sum * sum) / n) * (n - (values * values) / n)
  return variance > 0 ? (dot - (sum * values) / n) / Math.sqrt(variance) : 0
}
