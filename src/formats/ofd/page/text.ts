import type { XmlElement } from '../../xml/index.ts'
import { numberOf, numbersOf, short } from './geometry.ts'
import type { Outlines } from './glyphs.ts'
import type { Meter } from './meter.ts'

/** Characters with their places in the space of their object. */
export interface Run {
  /** For each UTF-16 unit; a single one when the font decides about the others. */
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly text: string
}

interface Placed {
  readonly char: string
  readonly x: number
  readonly y: number
  /** True when the place is stated, not only the place of the first. */
  readonly stated: boolean
}

/** The characters of a TextObject (GB/T 33190 11). */
export function placedOf(object: XmlElement, meter: Meter): Placed[] {
  const vertical = [90, 270].includes(numberOf(object.attributes.readdirection, 0))
  const size = numberOf(object.attributes.size, 3)
  let x = 0
  let y = 0
  return object.children
    .filter(({ name }) => name === 'textcode')
    .flatMap((code) => {
      // A place that is not said is that of the code before.
      x = numberOf(code.attributes.x, x)
      y = numberOf(code.attributes.y, y)
      const chars = [...plainOf(code.text)]
      if (!meter.take('characters', chars.length)) return []
      const dx = stepsOf(code.attributes.deltax, chars.length - 1)
      const dy = stepsOf(code.attributes.deltay, chars.length - 1) ?? (vertical && !dx ? chars.slice(1).map(() => size) : null)
      let [atX, atY] = [x, y]
      return chars.map((char, index): Placed => {
        if (index > 0) {
          atX += dx?.[index - 1] ?? 0
          atY += dy?.[index - 1] ?? 0
        }
        return { char, x: short(atX), y: short(atY), stated: dx !== null || dy !== null || index === 0 }
      })
    })
}

/** Writers indent their files; a line break inside a line of text is none. */
function plainOf(text: string): string {
  return text.replace(/^\s*\n\s*|\s*\n\s*$/g, '').replace(/[\r\n\t]+/g, ' ')
}

/** DeltaX or DeltaY: `g n d` means n times d; the last one goes on (11.3). Null when there is none. */
export function stepsOf(text: string | undefined, count: number): number[] | null {
  const tokens = text?.trim().split(/\s+/, 20_000) ?? []
  const steps: number[] = []
  for (let at = 0; at < tokens.length && steps.length < count; at++) {
    const grouped = tokens[at] === 'g'
    const [step] = numbersOf(tokens[grouped ? at + 2 : at], 1)
    const times = grouped ? numberOf(tokens[at + 1], 0) : 1
    if (step === undefined) break
    for (let time = 0; time < times && steps.length < count; time++) steps.push(step)
    if (grouped) at += 2
  }
  const last = steps.at(-1)
  if (last === undefined) return count <= 0 && tokens.length > 0 ? [] : null
  while (steps.length < count) steps.push(last)
  return steps
}

/** Characters that go into one text together: every place is stated, or only that of the first. Spaces that are placed draw nothing. */
export function runsOf(placed: readonly Placed[]): Run[] {
  const runs: { text: string; x: number[]; y: number[]; flows: boolean }[] = []
  placed.forEach((one, index) => {
    const flows = placed[index + 1]?.stated === false || !one.stated
    const current = runs.at(-1)
    if (!one.stated && current) current.text += one.char
    else if (one.char.trim() === '' && !flows) return
    else {
      const run = current && !current.flows && !flows ? current : { text: '', x: [], y: [], flows }
      if (run !== current) runs.push(run)
      run.text += one.char
      for (let unit = 0; unit < one.char.length; unit++) {
        run.x.push(one.x)
        run.y.push(one.y)
      }
    }
  })
  return runs.filter(({ text }) => text.trim() !== '')
}

/** Glyphs of the font's own file in the place of characters. */
export interface GlyphRun {
  /** Path data of all of them, in the space of their object. */
  readonly d: string
  /** The characters that are still to be set as text. */
  readonly rest: readonly Placed[]
}

/** Draws what CGTransforms say by the outlines of the embedded font (11.4): the characters from CodePosition on become these glyphs. */
export function glyphsOf(
  object: XmlElement,
  placed: readonly Placed[],
  outlines: Outlines,
  size: number,
  squeeze: number,
  meter: Meter,
): GlyphRun {
  const drawn = new Set<number>()
  const parts: string[] = []
  const scale = size / outlines.units
  for (const one of object.children.filter(({ name }) => name === 'cgtransform')) {
    const from = numberOf(one.attributes.codeposition, 0)
    const codes = numberOf(one.attributes.codecount, 1)
    const glyphs = numbersOf(one.children.find(({ name }) => name === 'glyphs')?.text, 10_000)
    let pen: { x: number; y: number } | null = null
    for (const [index, glyph] of glyphs.entries()) {
      const place: Placed | undefined = placed[from + Math.min(index, codes - 1)]
      if (!place) break
      // More glyphs than characters, or a font that decides: one after the other.
      const here: { x: number; y: number } = (index >= codes || !place.stated) && pen ? pen : place
      const segments = outlines.shape(glyph)
      if (!meter.take('numbers', segments.length * 4)) break
      for (const [letter, ...points] of segments) {
        const moved = points.map((value, axis) => short(axis % 2 === 0 ? here.x + value * scale * squeeze : here.y - value * scale))
        parts.push(`${letter}${moved.join(' ')}`)
      }
      pen = { x: here.x + (outlines.width(glyph) ?? outlines.units) * scale * squeeze, y: here.y }
    }
    for (let index = 0; index < Math.min(codes, placed.length); index++) drawn.add(from + index)
  }
  return { d: parts.join(''), rest: placed.filter((_, index) => !drawn.has(index)) }
}
