import { Lexer } from './lexer.ts'
import { asDict, asNumber, Stream, Word, type Dict, type Value } from './value.ts'

/** An indirect object as it stands in the file. */
export interface Parsed {
  readonly num: number
  readonly gen: number
  readonly value: Value
  /** Where it ends. */
  readonly end: number
}

/**
 * Reads `num gen obj … endobj` at a place.
 * @returns null when no object begins there.
 * @param lengthOf resolves the length of a stream, which may be a reference.
 */
export function parseObject(bytes: Uint8Array, at: number, lengthOf: (value: Value | undefined) => number | null): Parsed | null {
  const lexer = new Lexer(bytes, at)
  const num = lexer.integer()
  const gen = num === null ? null : lexer.integer()
  if (num === null || gen === null || !lexer.takes('obj')) return null
  const value = lexer.next()
  if (value === undefined || value instanceof Word) return { num, gen, value: null, end: lexer.at }
  const dict = asDict(value)
  if (!dict || !lexer.takes('stream')) return { num, gen, value, end: lexer.at }
  if (bytes[lexer.at] === 13) lexer.at++
  if (bytes[lexer.at] === 10) lexer.at++
  const end = streamEnd(bytes, lexer.at, dict, lengthOf)
  return { num, gen, value: new Stream(dict, bytes.subarray(lexer.at, end)), end }
}

/** Where a stream's data ends: after its stated length if `endstream` stands there, else before the next `endstream`. */
function streamEnd(bytes: Uint8Array, start: number, dict: Dict, lengthOf: (value: Value | undefined) => number | null): number {
  const length = lengthOf(dict.get('Length'))
  if (length !== null && length >= 0 && start + length <= bytes.length) {
    const lexer = new Lexer(bytes, start + length)
    if (lexer.takes('endstream')) return start + length
  }
  const found = indexOf(bytes, 'endstream', start)
  if (found < 0) return bytes.length
  return found > start && bytes[found - 1] === 10 ? (bytes[found - 2] === 13 ? found - 2 : found - 1) : found
}

/** Where a word of ASCII begins, from a place on; -1 when nowhere. */
export function indexOf(bytes: Uint8Array, word: string, from: number): number {
  const first = word.charCodeAt(0)
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1
    while (same < word.length && bytes[at + same] === word.charCodeAt(same)) same++
    if (same === word.length) return at
  }
  return -1
}

/** Where a word of ASCII begins for the last time. */
export function lastIndexOf(bytes: Uint8Array, word: string): number {
  let found = -1
  // It stands in the last kilobyte of a whole file.
  for (let from = Math.max(0, bytes.length - 2_048); ;) {
    const at = indexOf(bytes, word, from)
    if (at < 0) return found
    found = at
    from = at + 1
  }
}

/** The objects packed in an object stream: their numbers and where each begins in `data`. */
export function objectStreamIndex(dict: Dict, data: Uint8Array): { readonly num: number; readonly at: number }[] {
  const count = asNumber(dict.get('N')) ?? 0
  const first = asNumber(dict.get('First')) ?? 0
  const lexer = new Lexer(data)
  const index: { num: number; at: number }[] = []
  for (let one = 0; one < count; one++) {
    const num = lexer.integer()
    const at = lexer.integer()
    if (num === null || at === null || lexer.at > first) break
    index.push({ num, at: first + at })
  }
  return index
}
