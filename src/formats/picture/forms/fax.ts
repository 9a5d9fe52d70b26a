import type { Budget } from '../../file/budget.ts'
import { longestCode, modeCodes, runCodes } from './fax-codes.ts'

/** How a fax picture is coded (ISO 32000-1, table 11). */
export interface FaxForm {
  /** Below 0 Group 4; 0 Group 3 of one dimension; above 0 of two. */
  readonly k: number
  readonly columns: number
  readonly rows: number
  readonly isByteAligned: boolean
  /** Whether a 1 is black in what is given back. */
  readonly isBlack1: boolean
}

const endOfLine = 12

/**
 * Decodes a fax picture (ITU-T T.4, T.6) to one bit a pixel, rows of whole bytes. Where it is damaged it ends; the rest is white.
 * @returns `whole`: every row was there.
 */
export function decodeFax(bytes: Uint8Array, form: FaxForm, budget: Budget): { readonly data: Uint8Array; readonly whole: boolean } {
  const { k, columns, rows, isByteAligned, isBlack1 } = form
  const width = Math.ceil(columns / 8)
  const data = new Uint8Array(width * rows).fill(isBlack1 ? 0 : 255)
  const bits = reader(bytes)
  /** Where the colour changes in the row above, from white at its beginning. */
  let above: readonly number[] = []
  for (let y = 0; y < rows; y++) {
    if ((y & 63) === 0) budget.check()
    if (isByteAligned) bits.align()
    const ends = bits.skipEnds()
    // Two ends of line in Group 4, and six in Group 3, end the picture.
    if (ends > 1 || bits.isAtEnd()) return { data, whole: false }
    const isFlat = k === 0 || (k > 0 && bits.take(1) === 1)
    const row = isFlat ? flatRow(bits, columns) : rowBelow(bits, above, columns)
    if (!row) return { data, whole: false }
    paint(data, y * width, row, columns)
    above = row
  }
  return { data, whole: true }
}

type Bits = ReturnType<typeof reader>

function reader(bytes: Uint8Array) {
  let at = 0
  const end = bytes.length * 8
  const bit = (place: number) => (place < end ? (bytes[place >> 3]! >> (7 - (place & 7))) & 1 : 0)
  return {
    isAtEnd: () => at >= end,
    align() {
      at = (at + 7) & ~7
    },
    take(count: number) {
      let value = 0
      for (let one = 0; one < count; one++) value = (value << 1) | bit(at++)
      return value
    },
    /** Passes ends of line, and the zeros that fill up before them. @returns how many. */
    skipEnds() {
      for (let ends = 0; ; ends++) {
        let place = at
        while (place < end && bit(place) === 0) place++
        if (place >= end || place - at < endOfLine - 1) return ends
        at = place + 1
      }
    },
    code<T>(codes: ReadonlyMap<number, T>): T | null {
      let key = 1
      for (let length = 1; length <= longestCode; length++) {
        key = (key << 1) | bit(at + length - 1)
        const found = codes.get(key)
        if (found !== undefined) {
          at += length
          return found
        }
      }
      return null
    },
  }
}

/** A run of a colour, 0 white and 1 black: any number of long codes, then a short one. */
function run(bits: Bits, colour: 0 | 1): number | null {
  for (let length = 0; ;) {
    const part = bits.code(runCodes[colour])
    if (part === null) return null
    length += part
    if (part < 64) return length
  }
}

function flatRow(bits: Bits, columns: number): number[] | null {
  const row: number[] = []
  let colour: 0 | 1 = 0
  for (let at = 0; at < columns; colour = colour === 0 ? 1 : 0) {
    const length = run(bits, colour)
    if (length === null || at + length > columns) return null
    at += length
    row.push(at)
  }
  return row
}

function rowBelow(bits: Bits, above: readonly number[], columns: number): number[] | null {
  const row: number[] = []
  let colour: 0 | 1 = 0
  let at = -1
  let index = 0
  while (at < columns) {
    // The first change above that lies to the right and is one to the other colour.
    while (index > 0 && (above[index - 1] ?? 0) > at) index--
    while ((above[index] ?? columns) <= at && index < above.length) index++
    if (index % 2 !== colour) index++
    const change = above[index] ?? columns
    const mode = bits.code(modeCodes)
    if (mode === null) return null
    if (mode === 'pass') at = above[index + 1] ?? columns
    else if (mode === 'horizontal') {
      const first = run(bits, colour)
      const second = run(bits, colour === 0 ? 1 : 0)
      if (first === null || second === null) return null
      const from = Math.max(0, at)
      at = from + first + second
      if (at > columns) return null
      row.push(from + first, at)
    } else {
      const to = change + mode
      if (to <= at || to > columns) return null
      at = to
      row.push(at)
      colour = colour === 0 ? 1 : 0
    }
  }
  return row
}

/** Turns the pixels of the black runs. */
function paint(data: Uint8Array, from: number, row: readonly number[], columns: number): void {
  for (let index = 0; index < row.length; index += 2)
    for (let x = row[index] ?? columns; x < (row[index + 1] ?? columns); x++) data[from + (x >> 3)]! ^= 128 >> (x & 7)
}
