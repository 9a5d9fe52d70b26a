import type { Finder } from './finders.ts'
import type { Quad } from './grid.ts'

/** Corners that three finder patterns suggest, and the modules on a side that their distance suggests. */
export interface Guess {
  readonly quad: Quad
  readonly modules: number
  readonly score: number
}

/** Every three finders that could belong to one symbol (a right angle, legs alike, modules alike), best first. */
export function guessesFrom(finders: readonly Finder[], most: number): Guess[] {
  const guesses: Guess[] = []
  for (const a of finders)
    for (const b of finders)
      for (const c of finders) {
        if (a === b || b === c || a === c) continue
        const bx = b.x - a.x
        const by = b.y - a.y
        const cx = c.x - a.x
        const cy = c.y - a.y
        // Clockwise from top left: top right, then bottom left (y grows downwards). Mirrored symbols are not on paper.
        const cross = bx * cy - by * cx
        const legB = Math.hypot(bx, by)
        const legC = Math.hypot(cx, cy)
        if (cross <= 0 || legB > 1.6 * legC || legC > 1.6 * legB || Math.abs(bx * cx + by * cy) > 0.45 * legB * legC) continue
        const apart = (legB + legC) / 2 / a.unit
        if (apart < 12 || apart > 60) continue
        const n = apart
        const at = (s: number, t: number) => ({ x: a.x + (bx * s + cx * t) / n, y: a.y + (by * s + cy * t) / n })
        const quad: Quad = [at(-3.5, -3.5), at(n + 3.5, -3.5), at(n + 3.5, n + 3.5), at(-3.5, n + 3.5)]
        guesses.push({ quad, modules: n + 7, score: a.score + b.score + c.score - Math.abs(legB - legC) / (legB + legC) })
      }
  return guesses.sort((x, y) => y.score - x.score).slice(0, most)
}
