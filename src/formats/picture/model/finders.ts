import { type Flat, valueAt } from './flatten.ts'

/** Something like a finder pattern: its middle, pixels a module, and how much it is one (1 would be perfect). */
export interface Finder {
  readonly x: number
  readonly y: number
  readonly unit: number
  readonly score: number
}

/** Where to sample around the middle, in modules, and what is there: the 1:1:3:1:1 squares. Cheap and telling ones first. */
const probes = [0, Math.PI / 6, Math.PI / 3].map((turn) => {
  const points: { x: number; y: number; dark: number }[] = []
  const ring = (radius: number, dark: number, along: readonly number[]) => {
    for (let side = 0; side < 4; side++)
      for (const t of along) {
        const angle = turn + (side * Math.PI) / 2
        points.push({ x: radius * Math.cos(angle) - t * Math.sin(angle), y: radius * Math.sin(angle) + t * Math.cos(angle), dark })
      }
  }
  ring(2, -1, [0])
  ring(3, 1, [0])
  ring(0.7, 1, [0])
  ring(3, 1, [-2, 2])
  ring(2, -1, [-1.3, 1.3])
  ring(4, -1, [-2, 0, 2])
  return points
})

const quickCount = 12

/**
 * Searches the flattened picture for finder patterns of about `unit` pixels a module, at any rotation.
 * @returns the best at most `most`, no two closer than four modules.
 */
export function findersIn(flat: Flat, unit: number, most: number): Finder[] {
  const { width, height, data } = flat
  const reach = Math.ceil(unit * 4.8)
  const quick = probes.map((points) =>
    points.slice(0, quickCount).map(({ x, y, dark }) => ({ offset: Math.round(y * unit) * width + Math.round(x * unit), dark })),
  )
  const found: Finder[] = []
  const step = unit >= 3 ? 2 : 1
  for (let y = reach; y < height - reach; y += step)
    for (let x = reach; x < width - reach; x += step) {
      const at = y * width + x
      if (data[at]! < 0.2) continue
      for (const [turn, points] of quick.entries()) {
        let sum = 0
        for (const { offset, dark } of points) sum += dark * Math.max(-1, Math.min(1, data[at + offset]!))
        if (sum < quickCount * 0.45) continue
        const score = scoreAt(flat, x + 0.5, y + 0.5, unit, turn)
        if (score > 0.5) found.push({ x: x + 0.5, y: y + 0.5, unit, score })
      }
    }
  found.sort((a, b) => b.score - a.score)
  const kept: Finder[] = []
  for (const one of found) {
    if (kept.length >= most) break
    if (!kept.some((other) => Math.hypot(other.x - one.x, other.y - one.y) < 4 * unit)) kept.push(one)
  }
  return kept
}

function scoreAt(flat: Flat, x: number, y: number, unit: number, turn: number): number {
  let sum = 0
  const points = probes[turn]!
  for (const point of points) sum += point.dark * Math.max(-1, Math.min(1, valueAt(flat, x + point.x * unit, y + point.y * unit)))
  return sum / points.length
}
