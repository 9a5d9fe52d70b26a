/** The blocks of a version at level M: how many there are, and how many codewords of each are for correction (ISO/IEC 18004, table 9). */
interface Blocks {
  readonly total: number
  readonly count: number
  readonly correction: number
}

const levelM: readonly Blocks[] = [
  { total: 26, count: 1, correction: 10 },
  { total: 44, count: 1, correction: 16 },
  { total: 70, count: 1, correction: 26 },
  { total: 100, count: 2, correction: 18 },
  { total: 134, count: 2, correction: 24 },
  { total: 172, count: 4, correction: 16 },
  { total: 196, count: 4, correction: 18 },
  { total: 242, count: 4, correction: 22 },
  { total: 292, count: 5, correction: 22 },
]

const dataOf = ({ total, count, correction }: Blocks) => total - count * correction

/** The smallest version from 1 to 9 that holds so many bits at level M; null when none does. */
export function versionFor(bits: number): number | null {
  const index = levelM.findIndex((blocks) => dataOf(blocks) * 8 >= bits)
  return index === -1 ? null : index + 1
}

/** Everything a symbol holds: the data, padded, in its blocks with their correction, interleaved. */
export function codewordsOf(data: string, version: number): Uint8Array {
  const blocks = levelM[version - 1]!
  const padded = padTo(data, dataOf(blocks))
  const short = Math.floor(padded.length / blocks.count)
  const longer = padded.length % blocks.count
  const parts = Array.from({ length: blocks.count }, (_, at) => {
    // The longer blocks come last.
    const start = at * short + Math.max(0, at - (blocks.count - longer))
    return padded.subarray(start, start + short + (at >= blocks.count - longer ? 1 : 0))
  })
  const checks = parts.map((part) => remainder(part, blocks.correction))
  return Uint8Array.from([...interleave(parts, short + 1), ...interleave(checks, blocks.correction)])
}

function interleave(parts: readonly Uint8Array[], length: number): number[] {
  return Array.from({ length }, (_, at) => parts.flatMap((part) => part[at] ?? [])).flat()
}

/** Up to four zeros end the data; then to whole bytes; then the two pad bytes in turn. */
function padTo(data: string, length: number): Uint8Array {
  const ended = (data + '0000').slice(0, length * 8)
  const whole = ended.padEnd(Math.ceil(ended.length / 8) * 8, '0')
  const used = whole.length / 8
  return Uint8Array.from({ length }, (_, at) =>
    at < used ? Number.parseInt(whole.slice(at * 8, at * 8 + 8), 2) : (at - used) % 2 === 0 ? 0xec : 0x11,
  )
}

/** Reed–Solomon over GF(256) with 0x11d: the remainder of the data by the generator of that degree. */
function remainder(data: Uint8Array, degree: number): Uint8Array {
  const divisor = generator(degree)
  const rest = new Uint8Array(degree)
  for (const byte of data) {
    const factor = byte ^ rest[0]!
    rest.copyWithin(0, 1)
    rest[degree - 1] = 0
    divisor.forEach((coefficient, at) => (rest[at]! ^= times(coefficient, factor)))
  }
  return rest
}

/** The product of x − 2^i for i below the degree, without the leading 1. */
function generator(degree: number): Uint8Array {
  const result = new Uint8Array(degree)
  result[degree - 1] = 1
  let root = 1
  for (let i = 0; i < degree; i++) {
    for (let at = 0; at < degree; at++) result[at] = times(result[at]!, root) ^ (result[at + 1] ?? 0)
    root = times(root, 2)
  }
  return result
}

function times(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d)
    product ^= ((b >>> bit) & 1) * a
  }
  return product
}
