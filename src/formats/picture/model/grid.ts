import type { Corner } from '../reader.ts'

/** Four corners: top left, top right, bottom right, bottom left of the symbol, in pixels. */
export type Quad = readonly [Corner, Corner, Corner, Corner]

/** Where module coordinates (0…size on both axes, module middles at .5) lie in the picture. */
export type Grid = (x: number, y: number) => Corner

/** The projective map of a square with side `size` onto `quad` (Heckbert, 1989). */
export function gridOf([a, b, c, d]: Quad, size: number): Grid {
  const sx = a.x - b.x + c.x - d.x
  const sy = a.y - b.y + c.y - d.y
  const dx1 = b.x - c.x
  const dx2 = d.x - c.x
  const dy1 = b.y - c.y
  const dy2 = d.y - c.y
  const det = dx1 * dy2 - dx2 * dy1
  const g = (sx * dy2 - dx2 * sy) / det
  const h = (dx1 * sy - sx * dy1) / det
  const ax = b.x - a.x + g * b.x
  const bx = d.x - a.x + h * d.x
  const ay = b.y - a.y + g * b.y
  const by = d.y - a.y + h * d.y
  return (x, y) => {
    const u = x / size
    const v = y / size
    const w = g * u + h * v + 1
    return { x: (ax * u + bx * v + a.x) / w, y: (ay * u + by * v + a.y) / w }
  }
}

/** Whether the quad is convex and no thinner than a QR seen at a steep angle. */
export function isPlausible(quad: Quad): boolean {
  const sides = quad.map((corner, i) => Math.hypot(quad[(i + 1) % 4]!.x - corner.x, quad[(i + 1) % 4]!.y - corner.y))
  if (Math.min(...sides) < 20 || Math.max(...sides) > 2.2 * Math.min(...sides)) return false
  return quad.every((corner, i) => {
    const next = quad[(i + 1) % 4]!
    const after = quad[(i + 2) % 4]!
    return (next.x - corner.x) * (after.y - next.y) - (next.y - corner.y) * (after.x - next.x) > 0
  })
}
