import { all, child, textOf, type XmlElement } from '../../xml/index.ts'
import { numberOf, numbersOf } from './geometry.ts'
import { maxDepth } from './meter.ts'
import type { Ink, Stroke } from './scene.ts'

/** How lines and surfaces are drawn, gathered from an object, its drawing parameters and its layer's. */
export interface Paint {
  readonly attributes: Readonly<Record<string, string>>
  readonly fill: XmlElement | null
  readonly stroke: XmlElement | null
}

/** What colours need to know of a document's resources. */
export interface Colours {
  readonly space: (id: string | undefined) => 'gray' | 'rgb' | 'cmyk' | null
  readonly palette: (id: string | undefined) => readonly string[]
}

const inherited = ['linewidth', 'join', 'cap', 'miterlimit', 'dashoffset', 'dashpattern'] as const

/**
 * The paint of an object: what it says itself, then its DrawParam and what that is relative to, then the layer's (GB/T 33190 8.2).
 * @param find the DrawParam of an id.
 */
export function paintOf(object: XmlElement, layer: string | undefined, find: (id: string) => XmlElement | null): Paint {
  const sources: XmlElement[] = [object]
  for (const first of [object.attributes.drawparam, layer]) {
    let id = first
    // A parameter relative to itself ends here.
    for (let depth = 0; id !== undefined && depth < maxDepth; depth++) {
      const one = find(id)
      if (one) sources.push(one)
      id = one?.attributes.relative
    }
  }
  const attributes: Record<string, string> = {}
  for (const name of inherited) {
    const value = sources.map((one) => one.attributes[name]).find((text) => text !== undefined)
    if (value !== undefined) attributes[name] = value
  }
  const first = (name: string) => sources.map((one) => child(one, name)).find((one) => one !== null) ?? null
  return { attributes, fill: first('fillcolor'), stroke: first('strokecolor') }
}

/** A colour (GB/T 33190 8.3). A gradient is drawn as its middle colour; a pattern not at all. */
export function inkOf(colour: XmlElement | null, colours: Colours, otherwise: Ink | null): Ink | null {
  if (!colour) return otherwise
  const gradient = child(colour, 'axialshd', 'radialshd', 'gouraudshd', 'lagouraudshd')
  if (gradient) {
    const stops = all(gradient, 'color')
    return inkOf(stops[stops.length >> 1] ?? null, colours, otherwise)
  }
  if (child(colour, 'pattern')) return null
  const { value, index, colorspace, alpha } = colour.attributes
  const entry = value ?? colours.palette(colorspace)[numberOf(index, 0)]
  // Without a value only the transparency is said.
  if (entry === undefined) return otherwise && { ...otherwise, alpha: alphaOf(alpha) }
  const rgb = rgbOf(componentsOf(entry), colours.space(colorspace))
  return rgb === null ? null : { colour: rgb, alpha: alphaOf(alpha) }
}

export const black: Ink = { colour: '#000000', alpha: 1 }

/** An Alpha attribute, 0 to 255, as 0 to 1. */
export function alphaOf(text: string | undefined): number {
  return Math.min(255, Math.max(0, numberOf(text, 255))) / 255
}

/** Decimal, or hexadecimal with a `#`. */
function componentsOf(text: string): number[] {
  return text
    .trim()
    .split(/[\s,]+/, 4)
    .map((part) => (part.startsWith('#') ? Number.parseInt(part.slice(1), 16) : Number(part)))
}

function rgbOf(values: readonly number[], stated: 'gray' | 'rgb' | 'cmyk' | null): string | null {
  if (!values.every(Number.isFinite)) return null
  const space = stated ?? ({ 1: 'gray', 4: 'cmyk' } as const)[values.length] ?? 'rgb'
  const [a = 0, b = 0, c = 0, d = 0] = values
  if (space === 'gray') return hex(a, a, a)
  if (space === 'rgb') return hex(a, b, c)
  const left = 255 - d
  return hex(((255 - a) * left) / 255, ((255 - b) * left) / 255, ((255 - c) * left) / 255)
}

function hex(...parts: readonly number[]): string {
  return `#${parts
    .map((one) =>
      Math.round(Math.min(255, Math.max(0, one)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

const joins = { miter: 'miter', round: 'round', bevel: 'bevel' } as const
const caps = { butt: 'butt', round: 'round', square: 'square' } as const

/** The line of an object in this ink. 0.353 mm when nobody says how wide (GB/T 33190 table 22). */
export function strokeOf(ink: Ink, { attributes }: Paint): Stroke {
  const dash = numbersOf(attributes.dashpattern, 16).filter((length) => length >= 0)
  return {
    ...ink,
    width: Math.abs(numberOf(attributes.linewidth, 0.353)),
    join: joins[(attributes.join ?? '').toLowerCase() as keyof typeof joins] ?? 'miter',
    cap: caps[(attributes.cap ?? '').toLowerCase() as keyof typeof caps] ?? 'butt',
    miter: Math.max(1, numberOf(attributes.miterlimit, 3.528)),
    dash: dash.some((length) => length > 0) ? dash : [],
    dashOffset: numberOf(attributes.dashoffset, 0),
  }
}

/** The colour spaces of some resources, by id. */
export function coloursOf(spaces: ReadonlyMap<string, XmlElement>, standard: string | undefined): Colours {
  const find = (id: string | undefined) => spaces.get(id ?? standard ?? '') ?? null
  return {
    space(id) {
      const type = find(id)?.attributes.type?.toLowerCase()
      return type === 'gray' || type === 'rgb' || type === 'cmyk' ? type : null
    },
    palette: (id) => {
      const palette = child(find(id), 'palette')
      return palette ? all(palette, 'cv').flatMap((one) => textOf(one) ?? []) : []
    },
  }
}
