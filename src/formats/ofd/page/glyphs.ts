/** The glyphs of a TrueType font, as shapes. */
export interface Outlines {
  /** Units of an em. */
  readonly units: number
  /** The width of a glyph, in units; null beyond the last one. */
  width(glyph: number): number | null
  /** Path commands in units, y upwards; empty for a blank or a damaged glyph. */
  shape(glyph: number): readonly Segment[]
}

/** `M`, `L` with one point, `Q` with two, `Z` with none: x, y, x, y. */
export type Segment = readonly [letter: 'M' | 'L' | 'Q' | 'Z', ...points: readonly number[]]

interface Point {
  readonly x: number
  readonly y: number
  readonly on: boolean
}

/** A composed glyph has few parts, and no deep ones (OpenType `maxComponentDepth` is 1 in most fonts). */
const maxParts = 32
const maxNesting = 4
const maxPoints = 4_000

/** Opens the `glyf` table of a TrueType font (ISO/IEC 14496-22). Null for other kinds, and for what is damaged. */
export function readOutlines(font: Uint8Array): Outlines | null {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  try {
    const tables = tablesOf(view)
    const [head, loca, glyf, maxp] = ['head', 'loca', 'glyf', 'maxp'].map((tag) => tables.get(tag))
    if (head === undefined || loca === undefined || glyf === undefined || maxp === undefined) return null
    const units = view.getUint16(head + 18)
    const wide = view.getInt16(head + 50) === 1
    const count = view.getUint16(maxp + 4)
    if (units < 16 || units > 16_384) return null
    const place = (glyph: number) => glyf + (wide ? view.getUint32(loca + glyph * 4) : view.getUint16(loca + glyph * 2) * 2)
    const contours = (glyph: number, depth: number): Point[][] => {
      if (glyph >= count || depth > maxNesting || place(glyph) === place(glyph + 1)) return []
      const at = place(glyph)
      return view.getInt16(at) >= 0 ? simple(view, at) : composed(view, at, (part) => contours(part, depth + 1))
    }
    return {
      units,
      width: widthsOf(view, tables.get('hhea'), tables.get('hmtx'), count),
      shape: (glyph) => (harmless(() => contours(glyph, 0)) ?? []).flatMap(segmentsOf),
    }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function harmless<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function tablesOf(view: DataView): Map<string, number> {
  const tables = new Map<string, number>()
  for (let index = 0; index < Math.min(view.getUint16(4), 64); index++) {
    const at = 12 + index * 16
    const tag = String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
    tables.set(tag, view.getUint32(at + 8))
  }
  return tables
}

function widthsOf(view: DataView, hhea: number | undefined, hmtx: number | undefined, count: number): Outlines['width'] {
  if (hhea === undefined || hmtx === undefined) return () => null
  const stated = view.getUint16(hhea + 34)
  return (glyph) => (glyph >= count || stated === 0 ? null : harmless(() => view.getUint16(hmtx + Math.min(glyph, stated - 1) * 4)))
}

function simple(view: DataView, at: number): Point[][] {
  const contourCount = view.getInt16(at)
  const ends = Array.from({ length: contourCount }, (_, index) => view.getUint16(at + 10 + index * 2))
  const pointCount = (ends.at(-1) ?? -1) + 1
  if (pointCount > maxPoints) return []
  let next = at + 10 + contourCount * 2
  next += 2 + view.getUint16(next)
  const flags: number[] = []
  while (flags.length < pointCount) {
    const flag = view.getUint8(next++)
    const times = (flag & 8) !== 0 ? view.getUint8(next++) + 1 : 1
    for (let time = 0; time < times; time++) flags.push(flag)
  }
  const axis = (small: number, same: number) => {
    let value = 0
    return flags.slice(0, pointCount).map((flag) => {
      if ((flag & small) !== 0) value += (flag & same) !== 0 ? view.getUint8(next++) : -view.getUint8(next++)
      else if ((flag & same) === 0) {
        value += view.getInt16(next)
        next += 2
      }
      return value
    })
  }
  const xs = axis(2, 16)
  const ys = axis(4, 32)
  const points = xs.map((x, index) => ({ x, y: ys[index] ?? 0, on: ((flags[index] ?? 0) & 1) !== 0 }))
  return ends.map((end, index) => points.slice((ends[index - 1] ?? -1) + 1, end + 1))
}

function composed(view: DataView, at: number, part: (glyph: number) => Point[][]): Point[][] {
  const found: Point[][] = []
  let next = at + 10
  for (let count = 0; count < maxParts; count++) {
    const flags = view.getUint16(next)
    const glyph = view.getUint16(next + 2)
    next += 4
    const words = (flags & 1) !== 0
    const isOffset = (flags & 2) !== 0
    const dx = isOffset ? (words ? view.getInt16(next) : view.getInt8(next)) : 0
    const dy = isOffset ? (words ? view.getInt16(next + 2) : view.getInt8(next + 1)) : 0
    next += words ? 4 : 2
    const fixed = () => {
      next += 2
      return view.getInt16(next - 2) / 16_384
    }
    let [a, b, c, d] = [1, 0, 0, 1]
    if ((flags & 8) !== 0) a = d = fixed()
    else if ((flags & 64) !== 0) [a, d] = [fixed(), fixed()]
    else if ((flags & 128) !== 0) [a, b, c, d] = [fixed(), fixed(), fixed(), fixed()]
    for (const contour of part(glyph)) found.push(contour.map(({ x, y, on }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, on })))
    if (found.length > maxPoints || (flags & 32) === 0) break
  }
  return found
}

/** Between two points off the curve lies one on it. */
function segmentsOf(contour: readonly Point[]): Segment[] {
  const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true })
  const [first] = contour
  const last = contour.at(-1)
  if (!first || !last || contour.length < 2) return []
  const start = first.on ? first : last.on ? last : middle(first, last)
  const rest = first.on ? contour.slice(1) : contour
  const segments: Segment[] = [['M', start.x, start.y]]
  let bend: Point | null = null
  for (const point of [...rest, start]) {
    if (bend === null) {
      if (point.on) segments.push(['L', point.x, point.y])
      else bend = point
    } else {
      const end = point.on ? point : middle(bend, point)
      segments.push(['Q', bend.x, bend.y, end.x, end.y])
      bend = point.on ? null : point
    }
  }
  return [...segments, ['Z']]
}
