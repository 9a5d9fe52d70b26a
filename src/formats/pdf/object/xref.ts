import type { Budget } from '../../file/budget.ts'
import { Refusal } from '../../file/refusal.ts'
import { unfilter } from './filters.ts'
import { Lexer } from './lexer.ts'
import { pdfLimits } from './limits.ts'
import { indexOf, lastIndexOf, parseObject } from './parse.ts'
import { asArray, asDict, asName, asNumber, Stream, Word, type Dict, type Value } from './value.ts'

/** Where an object lies: at a place of the file, or as the n-th of an object stream. */
export type Place = { readonly at: number } | { readonly inside: number; readonly index: number } | null

/** The cross-reference of a file, and its trailer. */
export interface Xref {
  readonly places: Map<number, Place>
  readonly trailer: Dict
}

const asIs = (value: Value | undefined): Value => value ?? null

/** Follows `startxref` and `Prev` through tables and streams, the newest first. Null when any of it is broken. */
export function readXref(bytes: Uint8Array, budget: Budget): Xref | null {
  const mark = lastIndexOf(bytes, 'startxref')
  if (mark < 0) return null
  const places = new Map<number, Place>()
  let trailer: Dict | null = null
  const seen = new Set<number>()
  const waiting = [new Lexer(bytes, mark + 9).integer()]
  while (waiting.length > 0) {
    const at = waiting.shift() ?? null
    if (at === null || at < 0 || at >= bytes.length) return null
    if (seen.has(at)) continue
    seen.add(at)
    budget.check()
    const dict = new Lexer(bytes, at).takes('xref') ? readTable(bytes, at, places) : readStream(bytes, at, places, budget)
    if (!dict || places.size > pdfLimits.objects) return null
    trailer ??= dict
    // A hybrid file has a stream beside its table, which counts first.
    for (const key of ['XRefStm', 'Prev']) {
      const value = dict.get(key)
      if (value !== undefined) waiting.push(asNumber(value))
    }
  }
  return trailer?.has('Root') ? { places, trailer } : null
}

function readTable(bytes: Uint8Array, at: number, places: Map<number, Place>): Dict | null {
  const lexer = new Lexer(bytes, at, false)
  lexer.takes('xref')
  while (!lexer.takes('trailer')) {
    const first = lexer.integer()
    const count = lexer.integer()
    if (first === null || count === null || first < 0 || count < 0 || first + count > pdfLimits.objects) return null
    for (let num = first; num < first + count; num++) {
      const offset = lexer.integer()
      const generation = lexer.integer()
      const kind = lexer.next()
      if (offset === null || generation === null || !(kind instanceof Word)) return null
      if (!places.has(num)) places.set(num, kind.word === 'n' ? { at: offset } : null)
    }
  }
  return asDict(new Lexer(bytes, lexer.at).next())
}

function readStream(bytes: Uint8Array, at: number, places: Map<number, Place>, budget: Budget): Dict | null {
  const parsed = parseObject(bytes, at, (value) => asNumber(value))
  if (!(parsed?.value instanceof Stream) || asName(parsed.value.dict.get('Type')) !== 'XRef') return null
  const { dict, raw } = parsed.value
  const { data, whole } = unfilter(raw, dict, asIs, budget)
  const [w0 = 0, w1 = 0, w2 = 0] = (asArray(dict.get('W')) ?? []).map((one) => asNumber(one) ?? 0)
  const width = w0 + w1 + w2
  if (!whole || width <= 0 || width > 24 || w0 < 0 || w1 < 0 || w2 < 0) return null
  const index = asArray(dict.get('Index'))?.map((one) => asNumber(one) ?? 0) ?? [0, asNumber(dict.get('Size')) ?? 0]
  let from = 0
  const field = (length: number): number => {
    let value = 0
    for (let one = 0; one < length; one++) value = value * 256 + (data[from++] ?? 0)
    return value
  }
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = [index[pair], index[pair + 1]]
    for (let num = first; num < first + count && from + width <= data.length; num++) {
      const type = w0 === 0 ? 1 : field(w0)
      const second = field(w1)
      const third = field(w2)
      if (places.has(num)) continue
      places.set(num, type === 1 ? { at: second } : type === 2 ? { inside: second, index: third } : null)
    }
  }
  return dict
}

/**
 * Puts a cross-reference together from the objects that are there; of several with one number the last counts.
 * @param unlocked an object as it was before it was encrypted.
 */
export function rebuildXref(bytes: Uint8Array, budget: Budget, unlocked: (num: number, gen: number, value: Value) => Value): Xref {
  const places = new Map<number, Place>()
  const trailer: Dict = new Map()
  const packed: { readonly num: number; readonly stream: Stream }[] = []
  // Each one counts, also one that is written again: a file that only repeats itself costs as much as one with too many.
  let heads = 0
  for (let at = indexOf(bytes, 'obj', 0); at >= 0; at = indexOf(bytes, 'obj', at + 3)) {
    budget.check()
    if (bytes[at - 1] === 0x64) continue // endobj
    const start = objectStart(bytes, at)
    if (start === null) continue
    if (++heads > pdfLimits.objects) throw new Refusal('file-damaged', 'The PDF has more objects than any invoice')
    places.set(start.num, { at: start.at })
  }
  for (let at = indexOf(bytes, 'trailer', 0); at >= 0; at = indexOf(bytes, 'trailer', at + 7)) {
    budget.check()
    const dict = asDict(new Lexer(bytes, at + 7).next())
    for (const key of ['Root', 'Info', 'Encrypt', 'ID']) if (dict?.has(key)) trailer.set(key, dict.get(key) ?? null)
  }
  for (const { num, at } of holdersOf(bytes, places, ['/Catalog', '/XRef', '/ObjStm'])) {
    budget.check()
    const parsed = parseObject(bytes, at, (length) => asNumber(length))
    const value = parsed?.value
    const dict = asDict(value)
    const type = asName(dict?.get('Type'))
    if (type === 'Catalog' && !trailer.has('Root')) trailer.set('Root', value ?? null)
    if (type === 'XRef') for (const key of ['Root', 'Info', 'Encrypt', 'ID']) if (dict?.has(key)) trailer.set(key, dict.get(key) ?? null)
    const stream = type === 'ObjStm' && parsed ? unlocked(num, parsed.gen, parsed.value) : null
    if (stream instanceof Stream) packed.push({ num, stream })
  }
  return withPacked({ places, trailer }, packed, budget)
}

/** The objects in which one of these words stands. */
function holdersOf(
  bytes: Uint8Array,
  places: ReadonlyMap<number, Place>,
  words: readonly string[],
): { readonly num: number; readonly at: number }[] {
  const starts = [...places]
    .flatMap(([num, place]) => (place && 'at' in place ? [{ num, at: place.at }] : []))
    .toSorted((a, b) => a.at - b.at)
  const found = new Set<{ readonly num: number; readonly at: number }>()
  for (const word of words) {
    let index = 0
    for (let at = indexOf(bytes, word, 0); at >= 0; at = indexOf(bytes, word, at + word.length)) {
      while ((starts[index + 1]?.at ?? Number.POSITIVE_INFINITY) < at) index++
      const holder = starts[index]
      if (holder && holder.at < at) found.add(holder)
    }
  }
  return [...found].toSorted((a, b) => a.at - b.at)
}

/** Enters the objects of object streams that do not also stand by themselves. */
function withPacked(xref: Xref, packed: readonly { readonly num: number; readonly stream: Stream }[], budget: Budget): Xref {
  for (const { num, stream } of packed) {
    const { data } = unfilter(stream.raw, stream.dict, asIs, budget)
    const count = Math.min(asNumber(stream.dict.get('N')) ?? 0, pdfLimits.objects)
    const lexer = new Lexer(data)
    for (let index = 0; index < count; index++) {
      const inner = lexer.integer()
      if (inner === null || lexer.integer() === null) break
      const known = xref.places.get(inner)
      if (!known || !('at' in known)) xref.places.set(inner, { inside: num, index })
    }
  }
  return xref
}

/** Reads `12 0 ` backwards from `obj`. */
function objectStart(bytes: Uint8Array, obj: number): { readonly num: number; readonly at: number } | null {
  let at = obj - 1
  const isSpace = () => [9, 10, 12, 13, 32, 0].includes(bytes[at] ?? -1)
  const isDigit = () => (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39
  const back = (is: () => boolean, most: number) => {
    const start = at
    while (at >= 0 && start - at < most && is()) at--
    return start - at
  }
  back(isSpace, 8)
  if (back(isDigit, 5) === 0 || back(isSpace, 8) === 0) return null
  const end = at + 1
  if (back(isDigit, 8) === 0) return null
  return { num: Number(String.fromCharCode(...bytes.subarray(at + 1, end))), at: at + 1 }
}
