/** The first primes, of whose roots the constants of SHA-2 are made (FIPS 180-4, 4.2 and 5.3). */
const primes: number[] = []
for (let one = 2; primes.length < 80; one++) if (primes.every((prime) => one % prime !== 0)) primes.push(one)

/** The first 64 bits of the fraction of a root. */
function fraction(prime: number, power: 2n | 3n): bigint {
  const target = BigInt(prime) << (64n * power)
  let root = 0n
  for (let bit = 1n << 68n; bit > 0n; bit >>= 1n) if ((root + bit) ** power <= target) root += bit
  return root & 0xffffffffffffffffn
}

/** 64-bit words as pairs of 32-bit ones, the high one first. */
const pairs = (words: readonly bigint[]) =>
  Int32Array.from(words.flatMap((word) => [Number(BigInt.asIntN(32, word >> 32n)), Number(BigInt.asIntN(32, word))]))

interface Constants {
  readonly rounds: Int32Array
  readonly start: { readonly 256: Int32Array; readonly 384: Int32Array; readonly 512: Int32Array }
}
let made: Constants | null = null

/** Made with the first file that needs them. */
function constants(): Constants {
  const roots = (from: number) => pairs(primes.slice(from, from + 8).map((prime) => fraction(prime, 2n)))
  made ??= {
    rounds: pairs(primes.map((prime) => fraction(prime, 3n))),
    start: { 256: roots(0).filter((_, index) => index % 2 === 0), 384: roots(8), 512: roots(0) },
  }
  return made
}

/** SHA-256, SHA-384 or SHA-512 (FIPS 180-4), at once: objects of a PDF are read without waiting. */
export function sha2(bits: 256 | 384 | 512, data: Uint8Array): Uint8Array {
  return bits === 256 ? sha256(data) : sha512(data, constants().start[bits]).subarray(0, bits / 8)
}

function padded(data: Uint8Array, block: 64 | 128): DataView {
  const all = new Uint8Array(Math.ceil((data.length + 1 + block / 8) / block) * block)
  all.set(data)
  all[data.length] = 0x80
  const view = new DataView(all.buffer)
  view.setUint32(all.length - 8, Math.floor(data.length / 2 ** 29))
  view.setUint32(all.length - 4, data.length << 3)
  return view
}

function sha256(data: Uint8Array): Uint8Array {
  const { rounds, start } = constants()
  const state = start[256].slice()
  const view = padded(data, 64)
  const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))
  const w = new Int32Array(64)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(block + t * 4)
    for (let t = 16; t < 64; t++) {
      const [x, y] = [w[t - 15]!, w[t - 2]!]
      w[t] = (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[t - 7]! + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10)) + w[t - 16]!
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
    for (let t = 0; t < 64; t++) {
      const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[t * 2]! + w[t]!) | 0
      const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0]
    }
    for (const [index, word] of [a, b, c, d, e, f, g, h].entries()) state[index]! += word
  }
  return bytesOf(state)
}

function sha512(data: Uint8Array, start: Int32Array): Uint8Array {
  const { rounds } = constants()
  const state = start.slice()
  const view = padded(data, 128)
  const w = new Int32Array(160)
  // Of a pair turned right: the high word; the low one is that of the pair the other way round.
  const turn = (high: number, low: number, by: number) =>
    by < 32 ? (high >>> by) | (low << (32 - by)) : (low >>> (by - 32)) | (high << (64 - by))
  let high = 0
  let low = 0
  function begin() {
    high = 0
    low = 0
  }
  function add(h: number, l: number) {
    const sum = (low >>> 0) + (l >>> 0)
    low = sum | 0
    high = (high + h + (sum > 0xffffffff ? 1 : 0)) | 0
  }
  for (let block = 0; block < view.byteLength; block += 128) {
    for (let t = 0; t < 32; t++) w[t] = view.getInt32(block + t * 4)
    for (let t = 32; t < 160; t += 2) {
      const [xh, xl, yh, yl] = [w[t - 30]!, w[t - 29]!, w[t - 4]!, w[t - 3]!]
      begin()
      add(turn(xh, xl, 1) ^ turn(xh, xl, 8) ^ (xh >>> 7), turn(xl, xh, 1) ^ turn(xl, xh, 8) ^ turn(xl, xh, 7))
      add(w[t - 14]!, w[t - 13]!)
      add(turn(yh, yl, 19) ^ turn(yh, yl, 61) ^ (yh >>> 6), turn(yl, yh, 19) ^ turn(yl, yh, 61) ^ turn(yl, yh, 6))
      add(w[t - 32]!, w[t - 31]!)
      w[t] = high
      w[t + 1] = low
    }
    const s = state.slice()
    for (let t = 0; t < 160; t += 2) {
      const [ah, al, eh, el] = [s[0]!, s[1]!, s[8]!, s[9]!]
      begin()
      add(s[14]!, s[15]!)
      add(turn(eh, el, 14) ^ turn(eh, el, 18) ^ turn(eh, el, 41), turn(el, eh, 14) ^ turn(el, eh, 18) ^ turn(el, eh, 41))
      add((eh & s[10]!) ^ (~eh & s[12]!), (el & s[11]!) ^ (~el & s[13]!))
      add(rounds[t]!, rounds[t + 1]!)
      add(w[t]!, w[t + 1]!)
      const [t1h, t1l] = [high, low]
      begin()
      add(s[6]!, s[7]!)
      add(t1h, t1l)
      const [dh, dl] = [high, low]
      begin()
      add(t1h, t1l)
      add(turn(ah, al, 28) ^ turn(ah, al, 34) ^ turn(ah, al, 39), turn(al, ah, 28) ^ turn(al, ah, 34) ^ turn(al, ah, 39))
      add((ah & s[2]!) ^ (ah & s[4]!) ^ (s[2]! & s[4]!), (al & s[3]!) ^ (al & s[5]!) ^ (s[3]! & s[5]!))
      s.copyWithin(2, 0, 14)
      s[0] = high
      s[1] = low
      s[8] = dh
      s[9] = dl
    }
    for (let index = 0; index < 16; index += 2) {
      begin()
      add(state[index]!, state[index + 1]!)
      add(s[index]!, s[index + 1]!)
      state[index] = high
      state[index + 1] = low
    }
  }
  return bytesOf(state)
}

function bytesOf(words: Int32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(words.length * 4))
  for (const [index, word] of words.entries()) view.setInt32(index * 4, word)
  return new Uint8Array(view.buffer)
}
