import { short } from './geometry.ts'
import type { Meter } from './meter.ts'

/** Path data for SVG, and the box around its points. */
export interface Outline {
  readonly d: string
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What each letter becomes, and how many numbers follow it (GB/T 33190 table 36). */
const commands: Readonly<Record<string, readonly [letter: string, count: number]>> = {
  S: ['M', 2],
  M: ['M', 2],
  L: ['L', 2],
  Q: ['Q', 4],
  B: ['C', 6],
  A: ['A', 7],
  C: ['Z', 0],
}

/** Turns AbbreviatedData into path data. What follows a mistake is left out, as a pen would stop there; null when nothing is left. */
export function outlineOf(data: string, meter: Meter): Outline | null {
  const tokens = data.match(/[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? []
  if (!meter.take('numbers', tokens.length)) return null
  const parts: string[] = []
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  const include = (x: number, y: number) => {
    box.left = Math.min(box.left, x)
    box.right = Math.max(box.right, x)
    box.top = Math.min(box.top, y)
    box.bottom = Math.max(box.bottom, y)
  }
  let begun = false
  for (let at = 0; at < tokens.length;) {
    const command = commands[(tokens[at] ?? '').toUpperCase()]
    if (!command) break
    const [letter, count] = command
    const values = tokens.slice(at + 1, at + 1 + count).map(Number)
    if (values.length < count || !values.every((value) => Math.abs(value) <= 100_000)) break
    at += 1 + count
    // SVG draws nothing that does not begin with a place.
    if (!begun && letter !== 'M') continue
    begun = true
    parts.push(letter === 'A' ? arc(values) : `${letter}${values.map(short).join(' ')}`)
    const points = letter === 'A' ? values.slice(5) : values
    for (let index = 0; index + 1 < points.length; index += 2) include(points[index] ?? 0, points[index + 1] ?? 0)
    if (letter === 'A') around(values, include)
  }
  return parts.length > 1 ? { d: parts.join(''), ...box } : null
}

/** Both radii, turn, large or not, clockwise or not, end: flags are 0 or 1 in SVG. */
function arc([rx = 0, ry = 0, turn = 0, large = 0, sweep = 0, x = 0, y = 0]: readonly number[]): string {
  return `A${short(Math.abs(rx))} ${short(Math.abs(ry))} ${short(turn)} ${large > 0 ? 1 : 0} ${sweep > 0 ? 1 : 0} ${short(x)} ${short(y)}`
}

/** An arc stays within two radii of its end. */
function around([rx = 0, ry = 0, , , , x = 0, y = 0]: readonly number[], include: (x: number, y: number) => void): void {
  const reach = 2 * Math.max(Math.abs(rx), Math.abs(ry))
  include(x - reach, y - reach)
  include(x + reach, y + reach)
}
