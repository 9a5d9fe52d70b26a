import type { Corner } from './reader.ts'
import type { Area } from './scale.ts'

/** The upright rectangle around corners, grown on every side by `share` of its longer side. */
export function areaAround(corners: readonly Corner[], share: number): Area {
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const left = Math.min(...xs)
  const top = Math.min(...ys)
  const side = Math.max(Math.max(...xs) - left, Math.max(...ys) - top)
  const grow = side * share
  return { left: left - grow, top: top - grow, width: Math.max(...xs) - left + 2 * grow, height: Math.max(...ys) - top + 2 * grow }
}

/** Whether the middle of `corners` lies inside `area`. */
export function isWithin(corners: readonly Corner[], { left, top, width, height }: Area): boolean {
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length
  return x >= left && x <= left + width && y >= top && y <= top + height
}

/** Areas of at most `side`×`side` that cover the picture and overlap by `overlap` pixels, so that what is smaller than that is whole in one of them. */
export function tiles(width: number, height: number, side: number, overlap: number): Area[] {
  const starts = (length: number) => {
    const count = length <= side ? 1 : Math.ceil((length - overlap) / (side - overlap))
    return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (length - side)) / (count - 1))))
  }
  return starts(height).flatMap((top) => starts(width).map((left) => ({ left, top, width: side, height: side })))
}
