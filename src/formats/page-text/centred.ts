import type { TextItem } from './item.ts'

/** Baselines of one line of a table lie this near to each other, in whatever sizes they are set. Millimetres. */
const sameLine = 0.9
/** The lines of a cell lie around its middle as exactly as this. Millimetres. */
const even = 1

/** A name of goods begins with its category between stars; a long category may end on the next line. */
const begins = /^\*[^*\d][^*]*(?:\*|$)/

/**
 * Gives the lines of a column's cells to the lines of goods whose numbers stand at `anchors`, where cells are set around their middle: as many
 * above the numbers as below. Names tell by themselves where they begin.
 * @param pieces the column's texts from top to bottom.
 * @returns the pieces of every line of goods; null where that cannot be told.
 */
export function centred(pieces: readonly TextItem[], anchors: readonly number[]): TextItem[][] | null {
  return byBeginnings(pieces, anchors) ?? bySymmetry(pieces, anchors)
}

function byBeginnings(pieces: readonly TextItem[], anchors: readonly number[]): TextItem[][] | null {
  const starts = pieces.flatMap(({ text }, index) => (begins.test(text.trim()) ? [index] : []))
  if (starts.length !== anchors.length || starts[0] !== 0) return null
  const cells = starts.map((from, index) => pieces.slice(from, starts[index + 1]))
  const fits = cells.every(([first], index) => {
    const [before, own] = [anchors[index - 1], anchors[index]]
    return first && own !== undefined && first.y < own + sameLine && (before === undefined || first.y > before + sameLine)
  })
  return fits ? cells : null
}

function bySymmetry(pieces: readonly TextItem[], anchors: readonly number[]): TextItem[][] | null {
  const cells: TextItem[][] = []
  let next = 0
  for (const anchor of anchors) {
    const from = next
    while (next < pieces.length && (pieces[next]?.y ?? 0) < anchor - sameLine) next += 1
    const above = next - from
    while (next < pieces.length && Math.abs((pieces[next]?.y ?? 0) - anchor) <= sameLine) next += 1
    next += above
    const cell = pieces.slice(from, next)
    const [first, last] = [cell[0], cell.at(-1)]
    if (next > pieces.length) return null
    if (first && last && Math.abs((first.y + last.y) / 2 - anchor) > even) return null
    cells.push(cell)
  }
  return next === pieces.length ? cells : null
}
