import type { ReadCode } from './cascade.ts'
import { closerLooks } from './closer.ts'
import type { Luminance } from './luminance.ts'
import { placed } from './placed.ts'
import type { Corner, QrReader, QrSymbol } from './reader.ts'
import { crop, enlarge, shrink } from './scale.ts'

/** Reads the frames of a running camera, one after the other. */
export interface FrameReader {
  /** The QRs of one frame. Two passes at most: what this frame does not show, another strategy may find in the next. */
  readonly read: (frame: Luminance) => ReadCode[]
}

/** A frame's place is looked at in the next frames too: a hand that holds still moves less than a QR's width. */
export function createFrameReader(reader: QrReader): FrameReader {
  let turn = 0
  return {
    read(frame) {
      const symbols = reader.read(frame, { quick: true })
      const codes = readable(symbols)
      if (codes.length > 0) return codes
      turn++
      const seen = symbols[0]
      return seen && turn % 3 !== 0 ? lookAt(reader, frame, seen.corners, turn) : readable(otherStrategy(reader, frame, turn))
    },
  }
}

/** The frames after each other try the closer looks one by one. */
function lookAt(reader: QrReader, frame: Luminance, corners: readonly Corner[], turn: number): ReadCode[] {
  const looks = 5
  let index = 0
  for (const look of closerLooks(frame, corners)) {
    if (index++ % looks !== turn % looks) continue
    return readable(reader.read(look.picture, look.options).map((symbol) => placed(symbol, look)))
  }
  return []
}

function otherStrategy(reader: QrReader, frame: Luminance, turn: number): QrSymbol[] {
  const { width, height } = frame
  switch (turn % 4) {
    case 0:
      return reader.read(shrink(frame, 2), { inverted: true }).map((symbol) => placed(symbol, { factor: 1 / 2, left: 0, top: 0 }))
    case 1: {
      // People aim: the middle, enlarged, for small and blurred symbols.
      const area = middle(width, height, 480)
      return reader.read(enlarge(crop(frame, area), 2)).map((symbol) => placed(symbol, { factor: 2, ...area }))
    }
    case 2:
      return reader.read(frame, { denoise: true })
    default: {
      const area = middle(width, height, 300)
      return reader.read(enlarge(crop(frame, area), 3)).map((symbol) => placed(symbol, { factor: 3, ...area }))
    }
  }
}

function middle(width: number, height: number, side: number) {
  return { left: Math.max(0, (width - side) >> 1), top: Math.max(0, (height - side) >> 1), width: side, height: side }
}

function readable(symbols: readonly QrSymbol[]): ReadCode[] {
  const codes = new Map<string, ReadCode>()
  for (const { text, corners } of symbols) if (text !== null && !codes.has(text)) codes.set(text, { text, corners })
  return [...codes.values()]
}
