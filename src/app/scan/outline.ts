/** A point in the pixels of a frame. */
export interface Point {
  readonly x: number
  readonly y: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Where points of a frame appear in a box that the video covers (`object-fit: cover`, centred). */
export function onScreen(points: readonly Point[], frame: Size, box: Size): Point[] {
  const scale = Math.max(box.width / frame.width, box.height / frame.height)
  const left = (box.width - frame.width * scale) / 2
  const top = (box.height - frame.height * scale) / 2
  return points.map(({ x, y }) => ({ x: left + x * scale, y: top + y * scale }))
}

/** The corners moved outwards by `by` pixels, so that the line runs around the code and not through it. */
export function widened(points: readonly Point[], by: number): Point[] {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length
  return points.map((point) => {
    const distance = Math.hypot(point.x - x, point.y - y) || 1
    const factor = 1 + by / distance
    return { x: x + (point.x - x) * factor, y: y + (point.y - y) * factor }
  })
}

/** The `points` of an SVG polygon. */
export function toSvg(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
}
