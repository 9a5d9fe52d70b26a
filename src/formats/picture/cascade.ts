import { areaAround, isWithin, tiles } from './area.ts'
import { blurred, sharpened } from './enhance.ts'
import { closerLooks } from './closer.ts'
import type { Luminance } from './luminance.ts'
import type { Quad } from './model/grid.ts'
import { readByModel } from './model/read.ts'
import { guessSymbols } from './model/search.ts'
import { type Placement, placed } from './placed.ts'
import type { Corner, PassOptions, QrReader, QrSymbol } from './reader.ts'
import { type Area, crop, enlarge, shrink } from './scale.ts'

/** A QR that was read: its text, and its corners in pixels of the picture, in order around it. */
export interface ReadCode {
  readonly text: string
  readonly corners: readonly Corner[]
}

/** What bounds the search in time. */
export interface SearchLimits {
  /** Milliseconds the search may take; it ends with what it has. One pass that is running is finished first. */
  readonly budget: number
  /** A clock in milliseconds. */
  readonly now: () => number
  readonly signal?: AbortSignal | undefined
  /** Gives messages (an abort, for one) a chance to arrive; awaited between passes. */
  readonly pause: () => Promise<void>
}

/** Pictures up to this many pixels are enlarged as a whole; larger ones tile by tile. */
const smallPicture = 700_000

/** A tile's side and overlap in pixels: the overlap holds a QR of 45 modules at 3.5 pixels. */
const tile = { side: 800, overlap: 160 }

/** Cheap looks at a place before its modules are modelled one by one. */
const looksBeforeModel = 3

/** Larger pictures are not searched for finder patterns by hand: it takes seconds. */
const searchablePicture = 2_000_000

/** At most so many places are looked at more closely: a hostile picture must not keep the worker for its whole budget on each. */
const maxPlaces = 12

/**
 * Finds the QRs of a photo or screenshot, cheap passes first: the picture at several scales; then the places where something like a QR
 * was seen, enlarged and cleaned; then, when there is nothing yet, the whole picture enlarged, in tiles.
 * @returns every distinct text found, each once; empty when there is none.
 * @throws what `signal` was aborted with.
 */
export async function searchPicture(reader: QrReader, image: Luminance, limits: SearchLimits): Promise<ReadCode[]> {
  const { budget, now, signal, pause } = limits
  const end = now() + budget
  const found = new Map<string, ReadCode>()
  const places: Quad[] = []

  async function pass(picture: Luminance, options: PassOptions, at: Placement): Promise<void> {
    for (const symbol of reader.read(picture, options)) note(placed(symbol, at))
    await pause()
    signal?.throwIfAborted()
  }

  function note({ text, corners }: QrSymbol): void {
    if (text === null) places.push(corners)
    else if (!found.has(text)) found.set(text, { text, corners })
  }

  const over = () => now() >= end
  const unread = () =>
    distinctPlaces(places).filter((corners) => ![...found.values()].some((code) => isWithin(corners, areaAround(code.corners, 0.1))))

  async function lookCloser(): Promise<void> {
    for (const corners of unread().slice(0, maxPlaces)) {
      const before = found.size
      let looks = 0
      for (const look of closerLooks(image, corners)) {
        if (over()) return
        await pass(look.picture, look.options, look)
        if (++looks === looksBeforeModel) await model(corners)
        if (found.size > before) break
      }
      places.splice(0, places.length, ...places.filter((other) => !isWithin(other, areaAround(corners, 0.1))))
    }
  }

  async function model(corners: Quad): Promise<void> {
    const symbol = readByModel(reader, image, corners)
    if (symbol) note(symbol)
    await pause()
    signal?.throwIfAborted()
  }

  for (const [by, options] of scalesOf(image)) {
    if (over()) break
    await pass(by === 1 ? image : shrink(image, by), options, { factor: 1 / by, left: 0, top: 0 })
    if (found.size > 0 && unread().length === 0 && image.width * image.height <= smallPicture) break
  }
  await lookCloser()
  if (found.size > 0) return [...found.values()]

  for (const { factor, clean } of enlargements)
    for (const area of areasOf(image)) {
      if (over()) return [...found.values()]
      const part = crop(image, area)
      await pass(clean(enlarge(part, factor)), {}, { factor, left: area.left, top: area.top })
      await lookCloser()
      if (found.size > 0 && image.width * image.height <= smallPicture) return [...found.values()]
    }
  if (found.size === 0 && image.width * image.height <= searchablePicture)
    for (const corners of guessSymbols(image)) {
      if (over() || found.size > 0) break
      await model(corners)
    }
  return [...found.values()]
}

function scalesOf({ width, height }: Luminance): readonly (readonly [by: number, options: PassOptions])[] {
  const pixels = width * height
  const scales: (readonly [number, PassOptions])[] = [[1, { inverted: true }]]
  if (pixels > 300_000) scales.push([2, {}])
  if (pixels > 1_000_000) scales.push([3, {}])
  if (pixels > 6_000_000) scales.push([5, {}])
  return scales
}

/** Measured on generated pictures: cubic enlargement finds what the plain picture does not; a blur then a strong sharpening also lifts noise off. */
const enlargements: readonly { readonly factor: number; readonly clean: (image: Luminance) => Luminance }[] = [
  { factor: 3, clean: (image) => image },
  { factor: 3, clean: (image) => sharpened(blurred(image, 2), 5, 3) },
  { factor: 2, clean: (image) => sharpened(image, 3, 1.5) },
]

function areasOf({ width, height }: Luminance): Area[] {
  return width * height <= smallPicture ? [{ left: 0, top: 0, width, height }] : tiles(width, height, tile.side, tile.overlap)
}

/** One of every group of places that lie in each other. */
function distinctPlaces(places: readonly Quad[]): Quad[] {
  const kept: Quad[] = []
  for (const place of places) if (!kept.some((other) => isWithin(place, areaAround(other, 0)))) kept.push(place)
  return kept
}
