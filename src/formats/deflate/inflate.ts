import { emptyCode, longEntry, makeCode, quickMask, type Code } from './huffman.ts'

/** What came out. `full`: there is more than there is room for. `damaged`: what came until there is no less true than the data are. */
export interface Inflated {
  readonly length: number
  readonly end: 'whole' | 'full' | 'damaged'
}

/** Bytes between two looks at the time. */
const slice = 65_536

/** For symbols 257 to 285 and 0 to 29 (RFC 1951 3.2.5): how many bits follow, and the least length or distance. */
const lengthBits = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0)
const leastLength = leastOf(lengthBits, 3).fill(258, 28)
const distanceBits = Uint8Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1))
const leastDistance = leastOf(distanceBits, 1)

function leastOf(bits: Uint8Array, first: number): Uint16Array {
  let next = first
  return Uint16Array.from(bits, (count) => (next += 1 << count) - (1 << count))
}

/** The order in which a block states the lengths of the code of its codes. */
const order = Uint8Array.of(16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)

/** More blocks in which nothing stands no writer leaves. */
const mostEmpty = 1_000

/** The codes of a block. */
interface Codes {
  readonly literals: Code
  readonly distances: Code
}

const fixed: Codes = { literals: emptyCode(288), distances: emptyCode(32) }
const fixedLengths = new Uint8Array(288 + 32).fill(8).fill(9, 144, 256).fill(7, 256, 280).fill(5, 288)
makeCode(fixed.literals, fixedLengths, 0, 288)
makeCode(fixed.distances, fixedLengths, 288, 320)

// One call runs at a time, and to its end: these are made anew for every block that states its own.
const stated: Codes = { literals: emptyCode(288), distances: emptyCode(32) }
const lengths = new Uint8Array(288 + 32)

/**
 * Inflates raw deflate data (RFC 1951) into a place that does not grow: it is all the memory this takes, and the first byte too many ends
 * it, whatever the data say of themselves.
 * @param look is called now and then, and may throw to end it.
 */
export function inflateInto(out: Uint8Array, packed: Uint8Array, look: () => void): Inflated {
  let place = 0
  let lookAt = slice
  let at = 0
  /** Bits read ahead, the next one lowest. */
  let held = 0
  let count = 0
  let empty = 0

  for (let isLast = false; !isLast;) {
    const before = place
    isLast = take(1) === 1
    const end = block(take(2))
    if (end !== null) return ended(end)
    if (place === before && ++empty > mostEmpty) return ended('damaged')
    lookNow()
  }
  return ended('whole')

  function ended(end: Inflated['end']): Inflated {
    return { length: place, end: isPast() ? 'damaged' : end }
  }

  /** Whether bits were taken that stand behind the end. */
  function isPast(): boolean {
    return at - (count >> 3) > packed.length
  }

  function lookNow(): void {
    if (place >= lookAt) {
      look()
      lookAt = place + slice
    }
  }

  /** Reads ahead to 25 bits at least; zeros follow the end. */
  function fill(): void {
    for (; count <= 24; count += 8, at++) held |= (at < packed.length ? packed[at]! : 0) << count
  }

  function take(bits: number): number {
    if (count < bits) fill()
    const value = held & ((1 << bits) - 1)
    held >>>= bits
    count -= bits
    return value
  }

  function toByte(): void {
    at -= count >> 3
    held = 0
    count = 0
  }

  function block(form: number): 'damaged' | 'full' | null {
    if (form === 0) return copyBlock()
    if (form === 1) return codedBlock(fixed)
    return form === 2 && statedCodes() ? codedBlock(stated) : 'damaged'
  }

  function copyBlock(): 'damaged' | 'full' | null {
    toByte()
    const length = take(16)
    const isIntact = (length ^ take(16)) === 0xffff
    toByte()
    if (!isIntact || at > packed.length) return 'damaged'
    if (place + length > out.length) return 'full'
    const part = packed.subarray(at, at + length)
    out.set(part, place)
    place += part.length
    at += part.length
    return part.length < length ? 'damaged' : null
  }

  function statedCodes(): boolean {
    const { literals, distances } = stated
    const literalCount = 257 + take(5)
    const total = literalCount + 1 + take(5)
    const told = 4 + take(4)
    if (literalCount > 286 || total - literalCount > 30) return false
    lengths.fill(0, 0, order.length)
    for (let index = 0; index < told; index++) lengths[order[index]!] = take(3)
    if (!makeCode(literals, lengths, 0, order.length)) return false
    for (let index = 0; index < total;) {
      const symbol = symbolOf(literals)
      if (symbol < 0 || (symbol === 16 && index === 0)) return false
      if (symbol < 16) {
        lengths[index++] = symbol
        continue
      }
      const value = symbol === 16 ? lengths[index - 1]! : 0
      const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7)
      if (index + times > total) return false
      lengths.fill(value, index, (index += times))
    }
    // Without symbol 256 the block has no end.
    return lengths[256] !== 0 && makeCode(literals, lengths, 0, literalCount) && makeCode(distances, lengths, literalCount, total)
  }

  function symbolOf(code: Code): number {
    fill()
    const entry = code.table[held & quickMask]! || longEntry(code, held)
    held >>>= entry & 15
    count -= entry & 15
    return entry === 0 ? -1 : entry >> 4
  }

  function codedBlock({ literals, distances }: Codes): 'damaged' | 'full' | null {
    // What is read and written for every byte belongs to this function alone, or it costs several times as much.
    let [bits, left, next, to] = [held, count, at, place]
    let end: 'damaged' | 'full' | null = null
    for (;;) {
      for (; left <= 24; left += 8, next++) bits |= (next < packed.length ? packed[next]! : 0) << left
      let entry = literals.table[bits & quickMask]! || longEntry(literals, bits)
      bits >>>= entry & 15
      left -= entry & 15
      const isPast = next - (left >> 3) > packed.length
      if (entry !== 0 && entry < 256 << 4 && !isPast) {
        if (to >= out.length) {
          end = 'full'
          break
        }
        out[to++] = entry >> 4
        continue
      }
      if (entry >> 4 === 256) break
      let symbol = (entry >> 4) - 257
      if (isPast || !(symbol >= 0 && symbol < 29)) {
        end = 'damaged'
        break
      }
      let more = lengthBits[symbol]!
      const length = leastLength[symbol]! + (bits & ((1 << more) - 1))
      bits >>>= more
      left -= more
      for (; left <= 24; left += 8, next++) bits |= (next < packed.length ? packed[next]! : 0) << left
      entry = distances.table[bits & quickMask]! || longEntry(distances, bits)
      bits >>>= entry & 15
      left -= entry & 15
      symbol = entry >> 4
      more = distanceBits[symbol] ?? 0
      for (; left < more; left += 8, next++) bits |= (next < packed.length ? packed[next]! : 0) << left
      const distance = (leastDistance[symbol] ?? 0) + (bits & ((1 << more) - 1))
      bits >>>= more
      left -= more
      if (entry === 0 || symbol > 29 || distance > to || next - (left >> 3) > packed.length) {
        end = 'damaged'
        break
      }
      const stop = to + length
      if (stop > out.length) {
        end = 'full'
        break
      }
      for (let from = to - distance; to < stop;) out[to++] = out[from++]!
      if (to >= lookAt) {
        place = to
        lookNow()
      }
    }
    held = bits
    count = left
    at = next
    place = to
    return end
  }
}
