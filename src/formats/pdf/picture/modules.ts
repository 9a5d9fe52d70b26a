import type { Box } from '../page/index.ts'
import type { Luminance } from '../../picture/luminance.ts'
import { withMargin } from '../../picture/forms/margin.ts'

/** A QR has 21 to 177 modules a side. */
const modules = { least: 21, most: 177 }
/** Rectangles of which a QR is made. */
const rectangles = { least: 40, most: 20_000 }
/** Pixels a module is drawn with. */
const pixels = 4
/** The side of a QR on paper, millimetres. */
const side = { least: 5, most: 90 }

/** A group of rectangles that may be a QR, drawn as a picture; null when it cannot be one. */
export function modulesPicture(group: readonly Box[]): { readonly picture: Luminance; readonly box: Box } | null {
  if (group.length > rectangles.most) return null
  const boxes = withoutGround(group)
  const box = around(boxes)
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  if (boxes.length < rectangles.least || width < side.least || width > side.most || Math.abs(width - height) > 0.08 * width) return null
  // Most rectangles, or their short sides, are one module.
  const shorts = boxes.map(({ left, top, right, bottom }) => Math.min(right - left, bottom - top)).toSorted((a, b) => a - b)
  const module = shorts[shorts.length >> 2] ?? 0
  const count = Math.round(width / module)
  if (!(count >= modules.least && count <= modules.most)) return null
  const size = count * pixels
  const grey = new Uint8Array(size * size).fill(255)
  const scale = size / Math.max(width, height)
  for (const { left, top, right, bottom } of boxes) {
    const [x0, x1] = [Math.round((left - box.left) * scale), Math.round((right - box.left) * scale)]
    const [y0, y1] = [Math.round((top - box.top) * scale), Math.round((bottom - box.top) * scale)]
    for (let y = Math.max(0, y0); y < Math.min(size, y1); y++) grey.fill(0, y * size + Math.max(0, x0), y * size + Math.min(size, x1))
  }
  return { picture: withMargin(grey, size, size), box }
}

/** Without a rectangle that lies under all others. */
function withoutGround(group: readonly Box[]): Box[] {
  const box = around(group)
  const area = (box.right - box.left) * (box.bottom - box.top)
  return group.filter(({ left, top, right, bottom }) => (right - left) * (bottom - top) < 0.5 * area)
}

function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const one of boxes) {
    left = Math.min(left, one.left)
    top = Math.min(top, one.top)
    right = Math.max(right, one.right)
    bottom = Math.max(bottom, one.bottom)
  }
  return { left, top, right, bottom }
}
