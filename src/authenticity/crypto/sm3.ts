/** SM3, the hash of GB/T 32905-2016. */

const blockLength = 64

/** The round constants, already turned left by the round's number (5.3.3). */
const constants = Int32Array.from({ length: 64 }, (_, round) => turn(round < 16 ? 0x79cc4519 : 0x7a879d8a, round % 32))

const initial = [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]

function turn(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/** The hash of these parts, one after the other. 32 bytes. */
export function sm3(...parts: readonly Uint8Array[]): Uint8Array {
  const state = Int32Array.from(initial)
  const words = new Int32Array(68)
  const rest = new Uint8Array(blockLength)
  let held = 0
  let length = 0
  for (const part of parts) {
    length += part.length
    let at = 0
    if (held > 0) {
      at = Math.min(blockLength - held, part.length)
      rest.set(part.subarray(0, at), held)
      held += at
      if (held < blockLength) continue
      compress(state, words, rest, 0)
      held = 0
    }
    for (; at + blockLength <= part.length; at += blockLength) compress(state, words, part, at)
    rest.set(part.subarray(at))
    held = part.length - at
  }
  return finish(state, words, rest, held, length)
}

/** Padding (5.2): a one bit, zeros, and the length in bits as 64 bits. */
function finish(state: Int32Array, words: Int32Array, rest: Uint8Array, held: number, length: number): Uint8Array {
  rest[held] = 0x80
  rest.fill(0, held + 1)
  if (held >= 56) {
    compress(state, words, rest, 0)
    rest.fill(0)
  }
  const view = new DataView(rest.buffer)
  view.setUint32(56, Math.floor(length / 0x20000000))
  view.setUint32(60, (length << 3) >>> 0)
  compress(state, words, rest, 0)
  const hash = new Uint8Array(32)
  const out = new DataView(hash.buffer)
  state.forEach((word, index) => out.setInt32(index * 4, word))
  return hash
}

/** One block of 64 bytes (5.3). */
function compress(state: Int32Array, w: Int32Array, block: Uint8Array, at: number): void {
  for (let i = 0; i < 16; i++) {
    const from = at + i * 4
    w[i] = (block[from]! << 24) | (block[from + 1]! << 16) | (block[from + 2]! << 8) | block[from + 3]!
  }
  for (let i = 16; i < 68; i++) {
    const x = w[i - 16]! ^ w[i - 9]! ^ turn(w[i - 3]!, 15)
    w[i] = x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[i - 13]!, 7) ^ w[i - 6]!
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const a12 = turn(a, 12)
    const ss1 = turn((a12 + e + constants[i]!) | 0, 7)
    const ff = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = i < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ a12) + (w[i]! ^ w[i + 4]!)) | 0
    const tt2 = (gg + h + ss1 + w[i]!) | 0
    d = c
    c = turn(b, 9)
    b = a
    a = tt1
    h = g
    g = turn(f, 19)
    f = e
    e = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17)
  }
  const next = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = state[i]! ^ next[i]!
}
