import { areaAround } from '../area.ts'
import { shrink, crop, enlarge } from '../scale.ts'
import type { Luminance } from '../luminance.ts'
import type { Corner, QrReader, QrSymbol } from '../reader.ts'
import { equalised } from './equalise.ts'
import { type Fit, fitted } from './fit.ts'
import { flattened } from './flatten.ts'
import { gridOf, isPlausible, type Quad } from './grid.ts'
import { likelySizes, type Pattern, patternOf } from './pattern.ts'
import { redrawn } from './redrawn.ts'
import { bent } from './warp.ts'

/** The side in pixels a symbol is brought to. */
const side = 230

/** A size whose fixed modules agree less than this with the picture is not this symbol's. */
const leastAgreement = 0.45

/**
 * Reads one symbol by what every QR has in common, when the engine saw it but could not decode it: the grid is laid so that the fixed
 * modules fit, each module is decided by a filter learnt from them, and a clean drawing of the decisions goes back to the engine.
 * @param corners about where the symbol is (a few modules off is near enough), top left first, clockwise.
 * @returns the symbol as read, or null.
 */
export function readByModel(reader: QrReader, image: Luminance, corners: Quad): QrSymbol | null {
  if (!isPlausible(corners)) return null
  const area = areaAround(corners, 0.3)
  const part = crop(image, area)
  if (part.width < 24 || part.height < 24) return null
  const length = Math.max(area.width, area.height) / 1.6
  const by = Math.max(1, Math.floor(length / side))
  const factor = by > 1 ? 1 / by : Math.min(4, side / length)
  const picture = by > 1 ? shrink(part, by) : enlarge(part, factor)
  const left = Math.max(0, Math.floor(area.left))
  const top = Math.max(0, Math.floor(area.top))
  const into = ({ x, y }: Corner): Corner => ({ x: (x - left) * factor, y: (y - top) * factor })
  const back = ({ x, y }: Corner): Corner => ({ x: x / factor + left, y: y / factor + top })
  const flat = flattened(picture, Math.round(length * factor * 0.14))

  const candidates = likelySizes
    .map((size) => ({ pattern: patternOf(size), start: corners.map(into) as unknown as Quad }))
    .map(({ pattern, start }) => ({ pattern, fit: fitted(flat, pattern, start, [1.5, 0.6]) }))
    .sort((a, b) => b.fit.score - a.fit.score)
    .slice(0, 2)
  for (const { pattern, fit } of candidates) {
    if (fit.score < leastAgreement) return null
    const fine = fitted(flat, pattern, fit.quad, [0.3, 0.15, 0.08])
    for (const drawing of drawings(flat, pattern, fine)) {
      const text = reader.read(drawing).find((symbol) => symbol.text !== null)?.text
      if (text) return { text, corners: fine.quad.map(back) as unknown as Quad }
    }
  }
  return null
}

/** The decisions in several ways, quickest first: few rounds suffice for a sharp picture, more of them or a bent grid help others. */
function* drawings(flat: ReturnType<typeof flattened>, pattern: Pattern, { quad }: Fit): Generator<Luminance> {
  let grid = gridOf(quad, pattern.size)
  let soft = equalised(flat, pattern, grid, 3, 10)
  yield redrawn(pattern, soft)
  for (let round = 0; round < 2; round++) {
    grid = bent(flat, pattern, soft, grid)
    soft = equalised(flat, pattern, grid, 0, 10)
    yield redrawn(pattern, soft)
    soft = equalised(flat, pattern, grid, 5, 30)
    yield redrawn(pattern, soft)
  }
}
