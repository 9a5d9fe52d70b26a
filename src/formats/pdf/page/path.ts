import { boxOf, type Box, type Matrix } from './matrix.ts'

/** Larger than this no module of a QR is, and no run of them. Millimetres. */
const largest = 90

/** A QR painted at once has half of 177 × 177 modules; no path of an invoice has more parts. */
const mostParts = 20_000
const mostPoints = 200

/** The path under construction: only upright rectangles and straight lines of it are kept. */
export interface Path {
  move(x: number, y: number): void
  line(x: number, y: number): void
  /** A curve, or anything else that makes the subpath no rectangle. */
  curve(): void
  rectangle(x: number, y: number, width: number, height: number): void
  close(): void
  /** The rectangles that filling paints. */
  filled(ctm: Matrix): Box[]
  /** The rectangles that stroking upright lines paints. */
  stroked(ctm: Matrix, width: number): Box[]
  clear(): void
}

export function startPath(): Path {
  let subpaths: { points: (readonly [number, number])[]; isStraight: boolean }[] = []
  const last = () => subpaths.at(-1)
  return {
    move(x, y) {
      if (subpaths.length < mostParts) subpaths.push({ points: [[x, y]], isStraight: true })
    },
    line(x, y) {
      const points = last()?.points
      if (points && points.length < mostPoints) points.push([x, y])
    },
    curve() {
      const subpath = last()
      if (!subpath) return
      subpath.isStraight = false
    },
    rectangle(x, y, width, height) {
      if (subpaths.length >= mostParts) return
      const points = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ] as const
      subpaths.push({ points: [...points], isStraight: true })
    },
    close: () => undefined,
    filled: (ctm) =>
      subpaths.flatMap(({ points, isStraight }) => {
        const rectangle = isStraight ? asRectangle(points) : null
        return rectangle ? small(boxOf(ctm, ...rectangle)) : []
      }),
    stroked: (ctm, width) =>
      subpaths.flatMap(({ points, isStraight }) => {
        const [from, to] = points
        if (!isStraight || points.length !== 2 || !from || !to) return []
        const half = width / 2
        if (from[1] === to[1]) return small(boxOf(ctm, Math.min(from[0], to[0]), from[1] - half, Math.abs(to[0] - from[0]), width))
        return from[0] === to[0] ? small(boxOf(ctm, from[0] - half, Math.min(from[1], to[1]), width, Math.abs(to[1] - from[1]))) : []
      }),
    clear: () => void (subpaths = []),
  }
}

function asRectangle(points: readonly (readonly [number, number])[]): [number, number, number, number] | null {
  const [first, , , , fifth] = points
  const corners = points.length === 5 && first && fifth && first[0] === fifth[0] && first[1] === fifth[1] ? points.slice(0, 4) : points
  if (corners.length !== 4) return null
  const xs = [...new Set(corners.map(([x]) => x))]
  const ys = [...new Set(corners.map(([, y]) => y))]
  const [x0, x1] = xs
  const [y0, y1] = ys
  if (xs.length !== 2 || ys.length !== 2 || x0 === undefined || x1 === undefined || y0 === undefined || y1 === undefined) return null
  return [Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0)]
}

function small(box: Box): Box[] {
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  return width > 0 && height > 0 && width < largest && height < largest ? [box] : []
}
