import type { Dict, Stream } from '../object/index.ts'
import type { Box } from './matrix.ts'

/** A run of text as it is drawn. Millimetres from the upper left corner; `(x, y)` begins its baseline, `(toX, toY)` ends it. */
export interface Run {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly toX: number
  readonly toY: number
  /** Height of the letters' em. */
  readonly size: number
  /** The first of several that were drawn at once, as the words of a cell are. */
  readonly begins: boolean
  /** The first, or the only one, of what was drawn at once. */
  readonly opens: boolean
}

/** A picture and where it is drawn. */
export interface Placed {
  readonly picture: { readonly dict: Dict; readonly raw: Uint8Array; readonly stream: Stream | null }
  readonly box: Box
  /** Quarter turns and mirrorings do not matter to a QR; other turns leave their mark here. */
  readonly resources: Dict | null
}

/** What a page shows: text, pictures, and dark upright rectangles in the groups in which they were drawn. */
export interface Shown {
  readonly runs: Run[]
  readonly pictures: Placed[]
  readonly rectangles: Box[][]
}
