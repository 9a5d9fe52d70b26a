/** Codes up to this length are found in one step; the longer ones of deflate are rare by their nature. Bits. */
const quick = 9
const longest = 15

/** A canonical Huffman code (RFC 1951 3.2.2), made anew for every block in the same place. */
export interface Code {
  /** By the next nine bits: the symbol, and in the lowest four bits the length of its code; 0 where that is longer, or there is none. */
  readonly table: Uint16Array
  /** How many codes have each length. */
  readonly counts: Uint16Array
  /** Symbols in the order of their codes. */
  readonly symbols: Uint16Array
}

/** The bits that a table is asked with. */
export const quickMask = (1 << quick) - 1

export function emptyCode(most: number): Code {
  return { table: new Uint16Array(1 << quick), counts: new Uint16Array(longest + 1), symbols: new Uint16Array(most) }
}

const places = new Uint16Array(longest + 1)

/**
 * Makes the code whose symbols have these lengths, 0 for a symbol that is not used.
 * @returns false for lengths that make no code: too many, or so few that bits would mean nothing. One single code of one bit is allowed.
 */
export function makeCode({ table, counts, symbols }: Code, lengths: Uint8Array, from: number, to: number): boolean {
  counts.fill(0)
  for (let at = from; at < to; at++) counts[lengths[at]!]!++
  counts[0] = 0
  let free = 1
  let total = 0
  let top = 0
  for (let length = 1; length <= longest; length++) {
    free = free * 2 - counts[length]!
    if (free < 0) return false
    places[length] = total
    total += counts[length]!
    if (counts[length]! > 0) top = length
  }
  if (free > 0 && top > 1) return false
  for (let at = from; at < to; at++) if (lengths[at]! > 0) symbols[places[lengths[at]!]!++] = at - from
  if (free > 0 || top > quick) table.fill(0)
  // A code comes with its first bit lowest, so that codes are counted up from their other end.
  let code = 0
  for (let length = 1, at = 0; length <= quick; length++) {
    for (let left = counts[length]!; left > 0; left--, at++) {
      const entry = (symbols[at]! << 4) | length
      for (let place = code; place <= quickMask; place += 1 << length) table[place] = entry
      let bit = 1 << (length - 1)
      while ((code & bit) !== 0) bit >>= 1
      code = bit === 0 ? 0 : (code & (bit - 1)) | bit
    }
  }
  return true
}

/** The entry of a code that is longer than the table knows, by the bits that come next; 0 when there is none. */
export function longEntry({ counts, symbols }: Code, bits: number): number {
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= longest; length++) {
    code |= (bits >>> (length - 1)) & 1
    const count = counts[length]!
    if (code - first < count) return (symbols[index + code - first]! << 4) | length
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  return 0
}
