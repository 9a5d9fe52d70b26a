/** The S-box of FIPS 197, by inverses in GF(2^8), and its reverse. */
const box = new Uint8Array(256)
const unbox = new Uint8Array(256)
const double = (value: number) => ((value << 1) ^ (value & 0x80 ? 0x11b : 0)) & 255
for (let p = 1, q = 1, first = true; first || p !== 1; first = false) {
  // p runs through all values, q through their inverses.
  p ^= double(p)
  for (const by of [1, 2, 4]) q = (q ^ (q << by)) & 255
  if (q & 0x80) q ^= 9
  const turned = (by: number) => ((q << by) | (q >> (8 - by))) & 255
  box[p] = q ^ turned(1) ^ turned(2) ^ turned(3) ^ turned(4) ^ 0x63
}
box[0] = 0x63
for (const [value, boxed] of box.entries()) unbox[boxed] = value

/** What a byte adds to a mixed column, for its first row; the other rows are the same turned. */
const mixed = Int32Array.from(box, (b) => (double(b) << 24) | (b << 16) | (b << 8) | (double(b) ^ b))
const unmixed = Int32Array.from(unbox, (b) => {
  const [two, four] = [double(b), double(double(b))]
  const eight = double(four)
  return ((eight ^ four ^ two) << 24) | ((eight ^ b) << 16) | ((eight ^ four ^ b) << 8) | (eight ^ two ^ b)
})
const right = (word: number, by: number) => (by === 0 ? word : (word >>> by) | (word << (32 - by)))

/** The round keys for a key of 16 or 32 bytes. */
function expand(key: Uint8Array): Int32Array {
  const count = key.length / 4
  const words = new Int32Array(4 * (count + 7))
  const view = new DataView(key.buffer, key.byteOffset, key.length)
  const boxed = (word: number) =>
    (box[word >>> 24]! << 24) | (box[(word >>> 16) & 255]! << 16) | (box[(word >>> 8) & 255]! << 8) | box[word & 255]!
  let constant = 1
  for (let at = 0; at < words.length; at++) {
    if (at < count) {
      words[at] = view.getInt32(at * 4)
      continue
    }
    let word = words[at - 1]!
    if (at % count === 0) {
      word = boxed((word << 8) | (word >>> 24)) ^ (constant << 24)
      constant = double(constant)
    } else if (count > 6 && at % count === 4) word = boxed(word)
    words[at] = words[at - count]! ^ word
  }
  return words
}

/** One block through all rounds. `step` is 1 for enciphering and 3 for deciphering: from which column each next row comes. */
function rounds(state: Int32Array, keys: Int32Array, table: Int32Array, last: Uint8Array, step: 1 | 3): void {
  const next = new Int32Array(4)
  const end = keys.length - 4
  for (let column = 0; column < 4; column++) state[column]! ^= keys[column]!
  for (let at = 4; at <= end; at += 4) {
    for (let column = 0; column < 4; column++) {
      const b0 = state[column]! >>> 24
      const b1 = (state[(column + step) & 3]! >>> 16) & 255
      const b2 = (state[(column + 2) & 3]! >>> 8) & 255
      const b3 = state[(column + 3 * step) & 3]! & 255
      next[column] =
        keys[at + column]! ^
        (at === end
          ? (last[b0]! << 24) | (last[b1]! << 16) | (last[b2]! << 8) | last[b3]!
          : table[b0]! ^ right(table[b1]!, 8) ^ right(table[b2]!, 16) ^ right(table[b3]!, 24))
    }
    state.set(next)
  }
}

/** The round keys in the order of deciphering, those between the ends mixed (FIPS 197, 5.3.5). */
function reversed(keys: Int32Array): Int32Array {
  const out = new Int32Array(keys.length)
  for (let at = 0; at < keys.length; at++) {
    const word = keys[keys.length - 4 - (at & ~3) + (at & 3)]!
    const isEnd = at < 4 || at >= keys.length - 4
    out[at] = isEnd
      ? word
      : unmixed[box[word >>> 24]!]! ^
        right(unmixed[box[(word >>> 16) & 255]!]!, 8) ^
        right(unmixed[box[(word >>> 8) & 255]!]!, 16) ^
        right(unmixed[box[word & 255]!]!, 24)
  }
  return out
}

/** AES-CBC (FIPS 197, SP 800-38A) of whole blocks, undone. The padding stays; bytes after the last whole block are left out. */
export function aesDecrypt(key: Uint8Array, start: Uint8Array, data: Uint8Array): Uint8Array {
  const keys = reversed(expand(key))
  const out = new Uint8Array(data.length & ~15)
  return chained(out, data, start, (state, given, before) => {
    state.set(given)
    rounds(state, keys, unmixed, unbox, 3)
    for (let column = 0; column < 4; column++) state[column]! ^= before[column]!
    before.set(given)
  })
}

/** AES-CBC of whole blocks. */
export function aesEncrypt(key: Uint8Array, start: Uint8Array, data: Uint8Array): Uint8Array {
  const keys = expand(key)
  return chained(new Uint8Array(data.length & ~15), data, start, (state, given, before) => {
    for (let column = 0; column < 4; column++) state[column] = given[column]! ^ before[column]!
    rounds(state, keys, mixed, box, 1)
    before.set(state)
  })
}

function chained(
  out: Uint8Array,
  data: Uint8Array,
  start: Uint8Array,
  block: (state: Int32Array, given: Int32Array, before: Int32Array) => void,
): Uint8Array {
  const from = new DataView(data.buffer, data.byteOffset, data.length)
  const to = new DataView(out.buffer)
  const first = new DataView(start.buffer, start.byteOffset, 16)
  const before = Int32Array.from({ length: 4 }, (_, column) => first.getInt32(column * 4))
  const state = new Int32Array(4)
  const given = new Int32Array(4)
  for (let at = 0; at < out.length; at += 16) {
    for (let column = 0; column < 4; column++) given[column] = from.getInt32(at + column * 4)
    block(state, given, before)
    for (let column = 0; column < 4; column++) to.setInt32(at + column * 4, state[column]!)
  }
  return out
}
