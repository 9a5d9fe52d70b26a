import { codewordsOf, versionFor } from './codewords.ts'
import { bits, bitsOf, type Segment } from './segments.ts'

/** A QR symbol (ISO/IEC 18004) at level M, without its quiet zone of 4. Rows of modules, true is dark. */
export interface QrSymbol {
  readonly version: number
  readonly modules: readonly (readonly boolean[])[]
}

/** Dark and light by row and column; null where nothing is set yet. */
type Canvas = (boolean | null)[][]

/** The symbol of these segments. @returns null when they do not fit version 9. */
export function drawQr(segments: readonly Segment[]): QrSymbol | null {
  const data = bitsOf(segments)
  const version = versionFor(data.length)
  if (version === null) return null
  const fixed = functionPatterns(version)
  const plain = withData(fixed, codewordsOf(data, version))
  const masked = masks.map((mask, index) =>
    withFormat(
      plain.map((row, y) => row.map((dark, x) => cell(dark, x, y, mask, fixed))),
      index,
    ),
  )
  const best = masked.reduce((a, b) => (penalty(b) < penalty(a) ? b : a))
  return { version, modules: best }
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function cell(dark: boolean, x: number, y: number, mask: (x: number, y: number) => boolean, fixed: Canvas): boolean {
  return fixed[y]![x] === null ? dark !== mask(x, y) : dark
}

/** Finders, timing, alignment, version; the places of the format are reserved. */
function functionPatterns(version: number): Canvas {
  const size = version * 4 + 17
  const canvas: Canvas = Array.from({ length: size }, () => Array.from({ length: size }, () => null))
  const square = (cx: number, cy: number, reach: number, dark: (ring: number) => boolean) => {
    for (let y = Math.max(0, cy - reach); y <= Math.min(size - 1, cy + reach); y++)
      for (let x = Math.max(0, cx - reach); x <= Math.min(size - 1, cx + reach); x++)
        canvas[y]![x] = dark(Math.max(Math.abs(x - cx), Math.abs(y - cy)))
  }
  for (let at = 0; at < size; at++) canvas[6]![at] = canvas[at]![6] = at % 2 === 0
  const centres = alignmentCentres(version)
  for (const cy of centres)
    for (const cx of centres) {
      const atFinder = (cx === 6 && cy !== size - 7 && cy === 6) || (cx === 6 && cy === size - 7) || (cx === size - 7 && cy === 6)
      if (!atFinder) square(cx, cy, 2, (ring) => ring !== 1)
    }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) square(cx, cy, 4, (ring) => ring !== 2 && ring !== 4) // prettier-ignore
  for (const [x, y] of formatPlaces(size).flat()) canvas[y]![x] = false
  canvas[size - 8]![8] = true
  if (version >= 7) drawVersion(canvas, version)
  return canvas
}

function alignmentCentres(version: number): readonly number[] {
  if (version === 1) return []
  const last = version * 4 + 10
  return version < 7 ? [6, last] : [6, 6 + (last - 6) / 2, last]
}

/** 18 bits beside two finders: the version and its Golay remainder. */
function drawVersion(canvas: Canvas, version: number): void {
  const size = canvas.length
  const code = (version << 12) | binaryRemainder(version, 12, 0x1f25)
  for (let bit = 0; bit < 18; bit++) {
    const [a, b] = [size - 11 + (bit % 3), Math.floor(bit / 3)]
    canvas[a]![b] = canvas[b]![a] = ((code >>> bit) & 1) === 1
  }
}

/** Where the 15 format bits are, lowest first: both copies. */
function formatPlaces(size: number): readonly [readonly (readonly [number, number])[], readonly (readonly [number, number])[]] {
  const around: [number, number][] = [...range(0, 6), 7, 8].map((y) => [8, y])
  const first = [
    ...around,
    [7, 8] as const,
    ...range(0, 6)
      .reverse()
      .map((x) => [x, 8] as const),
  ]
  const second = [...range(0, 8).map((at) => [size - 1 - at, 8] as const), ...range(0, 7).map((at) => [8, size - 7 + at] as const)]
  return [first, second]
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)

/** Level M is 00; the mask's number and the BCH remainder follow. */
function withFormat(modules: boolean[][], mask: number): boolean[][] {
  const code = ((mask << 10) | binaryRemainder(mask, 10, 0x537)) ^ 0x5412
  for (const places of formatPlaces(modules.length))
    places.forEach(([x, y], bit) => {
      modules[y]![x] = ((code >>> bit) & 1) === 1
    })
  return modules
}

/** The remainder of `value` × 2^degree by a polynomial over GF(2). */
function binaryRemainder(value: number, degree: number, polynomial: number): number {
  let rest = value
  for (let i = 0; i < degree; i++) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * polynomial)
  return rest
}

/** The data in columns of two, from the lower right, up and down; what remains is light. */
function withData(fixed: Canvas, codewords: Uint8Array): boolean[][] {
  const size = fixed.length
  const stream = Array.from(codewords, (byte) => bits(byte, 8)).join('')
  const modules = fixed.map((row) => row.map((dark) => dark ?? false))
  let next = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    const column = right <= 6 ? right - 1 : right
    const up = ((column + 1) & 2) === 0
    for (let step = 0; step < size; step++)
      for (const x of [column, column - 1]) {
        const y = up ? size - 1 - step : step
        if (fixed[y]![x] === null) modules[y]![x] = stream[next++] === '1'
      }
  }
  return modules
}

/** How hard a scanner would have it (7.8.3): long runs, squares, what looks like a finder, imbalance. */
function penalty(modules: readonly (readonly boolean[])[]): number {
  const size = modules.length
  const rows = modules.map((row) => row.map(Number).join(''))
  const columns = modules.map((_, x) => modules.map((row) => Number(row[x])).join(''))
  let points = 0
  for (const line of [...rows, ...columns]) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2
    points += 40 * [...line.matchAll(/(?=00001011101|10111010000)/g)].length
  }
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) {
      const dark = modules[y]![x]
      if (dark === modules[y - 1]![x] && dark === modules[y]![x - 1] && dark === modules[y - 1]![x - 1]) points += 3
    }
  const share = rows.join('').replaceAll('0', '').length / size ** 2
  return points + 10 * Math.floor(Math.abs(share * 20 - 10))
}
