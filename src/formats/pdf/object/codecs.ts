import { inflateInto } from '../../deflate/index.ts'
import type { Budget } from '../../file/budget.ts'
import { Refusal } from '../../file/refusal.ts'

/** What a filter gave. `whole` is false when the data ended or broke before its end; what came until there is kept. */
export interface Decoded {
  readonly data: Uint8Array
  readonly whole: boolean
}

/** Nearly all streams of a page fit into this: they go through it one after the other. */
const scratch = new Uint8Array(131_072)
/** What does not fit is begun again with so many times the room. */
const growth = 4

/** Undoes FlateDecode (zlib, RFC 1950). A checksum that does not fit, or is missing, makes the data not whole. */
export function flate(packed: Uint8Array, limit: number, budget: Budget): Decoded {
  budget.check()
  const [a = 0, b = 0] = packed
  const raw = (a & 15) === 8 && ((a << 8) | b) % 31 === 0 ? packed.subarray(b & 32 ? 6 : 2) : packed
  for (let room = scratch; ; room = new Uint8Array(Math.min(limit, room.length * growth))) {
    const { length, end } = inflateInto(room, raw, budget.check)
    if (length > limit || (end === 'full' && room.length >= limit)) throw bomb()
    if (end === 'full') continue
    const data = room === scratch ? room.slice(0, length) : room.subarray(0, length)
    return { data, whole: end === 'whole' && (raw === packed || endsWithChecksum(packed, data)) }
  }
}

/** Whether Adler-32 of the data stands at the end, but for a few bytes that writers count in (a line end). */
function endsWithChecksum(packed: Uint8Array, data: Uint8Array): boolean {
  let a = 1
  let b = 0
  for (let at = 0; at < data.length;) {
    const end = Math.min(at + 3_800, data.length)
    for (; at < end; at++) {
      a += data[at] ?? 0
      b += a
    }
    a %= 65_521
    b %= 65_521
  }
  for (let at = packed.length - 4; at >= Math.max(0, packed.length - 8); at--)
    if (packed[at] === b >> 8 && packed[at + 1] === (b & 255) && packed[at + 2] === a >> 8 && packed[at + 3] === (a & 255)) return true
  return false
}

/** Undoes LZWDecode (ISO 32000-1 7.4.4). */
export function lzw(packed: Uint8Array, early: number, limit: number, budget: Budget): Decoded {
  const out = growing(limit)
  const prefix = new Uint16Array(4_097)
  const suffix = new Uint8Array(4_097)
  const lengths = new Uint16Array(4_097)
  for (let code = 0; code < 256; code++) {
    suffix[code] = code
    lengths[code] = 1
  }
  let size = 9
  let next = 258
  let last = -1
  let bits = 0
  let held = 0
  for (const byte of packed) {
    held = ((held << 8) | byte) & 0xffffff
    bits += 8
    while (bits >= size) {
      const code = (held >> (bits - size)) & ((1 << size) - 1)
      bits -= size
      if (code === 257) return { data: out.done(), whole: true }
      if (code === 256) {
        size = 9
        next = 258
        last = -1
        continue
      }
      if (code > next || (code === next && last < 0)) return { data: out.done(), whole: false }
      if (last >= 0 && next < 4_096) {
        prefix[next] = last
        lengths[next] = (lengths[last] ?? 0) + 1
        let first = code === next ? last : code
        while ((lengths[first] ?? 1) > 1) first = prefix[first] ?? 0
        suffix[next++] = suffix[first] ?? 0
      }
      const count = lengths[code] ?? 1
      const place = out.room(count)
      for (let at = count - 1, one = code; at >= 0; at--) {
        out.buffer[place + at] = suffix[one] ?? 0
        one = prefix[one] ?? 0
      }
      last = code
      if (next + early >= 1 << size && size < 12) size++
    }
    if ((bits & 7) === 0) budget.check()
  }
  return { data: out.done(), whole: false }
}

/** Undoes ASCII85Decode. */
export function ascii85(packed: Uint8Array, limit: number): Decoded {
  const out = growing(limit)
  let group = 0
  let count = 0
  for (const code of packed) {
    if (code === 0x7e) {
      if (count > 1) {
        for (let more = count; more < 5; more++) group = group * 85 + 84
        put(out, group, count - 1)
      }
      return { data: out.done(), whole: true }
    }
    // Room is made of zeros.
    if (code === 0x7a && count === 0) out.room(4)
    else if (code >= 0x21 && code <= 0x75) {
      group = group * 85 + code - 0x21
      if (++count === 5) {
        put(out, group, 4)
        group = 0
        count = 0
      }
    }
  }
  return { data: out.done(), whole: false }
}

function put(out: Growing, group: number, count: number): void {
  const place = out.room(count)
  for (let at = 0; at < count; at++) out.buffer[place + at] = (group >>> (24 - at * 8)) & 255
}

/** Undoes ASCIIHexDecode. */
export function asciiHex(packed: Uint8Array): Decoded {
  const out: number[] = []
  let half = -1
  for (const code of packed) {
    if (code === 0x3e) break
    const digit = code <= 0x39 ? code - 0x30 : (code | 32) - 87
    if (digit < 0 || digit > 15) continue
    if (half < 0) half = digit
    else {
      out.push(half * 16 + digit)
      half = -1
    }
  }
  if (half >= 0) out.push(half * 16)
  return { data: Uint8Array.from(out), whole: true }
}

/** Undoes RunLengthDecode. */
export function runLength(packed: Uint8Array, limit: number): Decoded {
  const out = growing(limit)
  for (let at = 0; at < packed.length;) {
    const length = packed[at++] ?? 128
    if (length === 128) return { data: out.done(), whole: true }
    const count = length < 128 ? length + 1 : 257 - length
    const place = out.room(count)
    if (length < 128) {
      out.buffer.set(packed.subarray(at, at + count), place)
      at += count
    } else out.buffer.fill(packed[at++] ?? 0, place, place + count)
  }
  return { data: out.done(), whole: false }
}

interface Growing {
  buffer: Uint8Array
  room(count: number): number
  done(): Uint8Array
}

function growing(limit: number): Growing {
  let length = 0
  const one: Growing = {
    buffer: new Uint8Array(4_096),
    room(count) {
      const place = length
      length += count
      if (length > limit) throw bomb()
      if (length > one.buffer.length) {
        const larger = new Uint8Array(Math.max(length, one.buffer.length * 2))
        larger.set(one.buffer)
        one.buffer = larger
      }
      return place
    },
    done: () => one.buffer.subarray(0, length),
  }
  return one
}

function bomb(): Refusal {
  return new Refusal('file-too-large', 'A part of the PDF unpacks to more than any invoice holds')
}
