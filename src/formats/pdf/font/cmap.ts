import { asArray, asNumber, asString, Lexer, Name, Word, type Value } from '../object/index.ts'

/** A character map: how bytes are cut into codes, and what a code stands for. */
export interface CMap {
  /** Lengths of codes in bytes with their ranges; empty when the map states none. */
  readonly spaces: readonly { readonly length: number; readonly low: number; readonly high: number }[]
  /** Code → text (ToUnicode). */
  readonly texts: ReadonlyMap<number, string>
  /** Code → character id. */
  readonly cids: ReadonlyMap<number, number>
}

/** More entries than this no map of two-byte codes can hold. */
const maxEntries = 66_000

/** Values that stand outside of every list say nothing of codes. */
const maxOutside = 1_000

/** Reads a CMap stream (Adobe TN 5014): code spaces, bf and cid characters and ranges. */
export function parseCMap(data: Uint8Array): CMap {
  const lexer = new Lexer(data, 0, false)
  const spaces: { length: number; low: number; high: number }[] = []
  const texts = new Map<number, string>()
  const cids = new Map<number, number>()
  // Ranges may lie over one another: what counts is how much is entered.
  const room = { left: maxEntries }
  let held: Value[] = []
  let most = maxOutside
  for (let value = lexer.next(); value !== undefined; value = lexer.next()) {
    if (!(value instanceof Word)) {
      held.push(value)
      if (held.length > most) break
      continue
    }
    switch (value.word) {
      case 'beginbfchar':
        lexer.at = readPairs(data, lexer.at, texts)
        most = maxEntries
        break
      case 'beginbfrange':
        lexer.at = readRanges(data, lexer.at, texts, room)
        most = maxEntries
        break
      case 'begincidrange':
      case 'begincidchar':
      case 'begincodespacerange':
        most = maxEntries
        break
      case 'endcodespacerange':
        for (const [low, high] of groups(held, 2)) {
          const [a, b] = [asString(low), asString(high)]
          if (a && b && a.length <= 4) spaces.push({ length: a.length, low: codeOf(a), high: codeOf(b) })
        }
        break
      case 'endbfchar':
        for (const [code, to] of groups(held, 2)) setText(texts, code, to)
        break
      case 'endbfrange':
        for (const [low, high, to] of groups(held, 3)) setRange(texts, room, low, high, to)
        break
      case 'endcidchar':
        for (const [code, cid] of groups(held, 2)) {
          const bytes = asString(code)
          if (bytes) cids.set(codeOf(bytes), asNumber(cid) ?? 0)
        }
        break
      case 'endcidrange':
        for (const [low, high, cid] of groups(held, 3)) {
          const [a, b] = [asString(low), asString(high)]
          if (!a || !b) continue
          for (let code = codeOf(a), id = asNumber(cid) ?? 0; code <= codeOf(b) && room.left-- > 0; code++, id++) cids.set(code, id)
        }
        break
    }
    held = []
    if (value.word.startsWith('end')) most = maxOutside
  }
  return { spaces, texts, cids }
}

/**
 * Reads pairs as nearly all maps write them, `<0041> <0041>`, without a value for each: a map may have one for every code.
 * @returns where the first thing stands that is no such pair.
 */
function readPairs(data: Uint8Array, from: number, texts: Map<number, string>): number {
  let at = from
  for (;;) {
    const pair = skipBlanks(data, at)
    const code = hexEnd(data, pair)
    const second = skipBlanks(data, code + 1)
    const text = hexEnd(data, second)
    if (code < 0 || text < 0 || code - pair > 9 || (text - second - 1) % 4 !== 0) return at
    let to = ''
    for (let unit = second + 1; unit < text; unit += 4) to += String.fromCharCode(hexIn(data, unit, unit + 4))
    if (texts.size < maxEntries) texts.set(hexIn(data, pair + 1, code), to)
    at = text + 1
  }
}

/** The same for ranges, `<0041> <005A> <0041>`. */
function readRanges(data: Uint8Array, from: number, texts: Map<number, string>, room: { left: number }): number {
  let at = from
  for (;;) {
    const low = skipBlanks(data, at)
    const lowEnd = hexEnd(data, low)
    const high = skipBlanks(data, lowEnd + 1)
    const highEnd = hexEnd(data, high)
    const text = skipBlanks(data, highEnd + 1)
    const textEnd = hexEnd(data, text)
    if (lowEnd < 0 || highEnd < 0 || textEnd - text !== 5 || lowEnd - low > 9 || highEnd - high > 9) return at
    const first = hexIn(data, low + 1, lowEnd)
    const last = Math.min(hexIn(data, high + 1, highEnd), first + 0xffff)
    const to = hexIn(data, text + 1, textEnd)
    for (let code = first; code <= last && room.left-- > 0; code++) texts.set(code, String.fromCharCode(to + code - first))
    at = textEnd + 1
  }
}

function skipBlanks(data: Uint8Array, from: number): number {
  let at = from
  while (data[at] === 0x20 || data[at] === 0x0a || data[at] === 0x0d || data[at] === 0x09) at++
  return at
}

/** Where a string of whole bytes in hexadecimal digits ends that begins here; -1 where there is none, or one that is set otherwise. */
function hexEnd(data: Uint8Array, from: number): number {
  if (data[from] !== 0x3c) return -1
  let at = from + 1
  while (digitOf(data[at]) >= 0) at++
  const digits = at - from - 1
  return data[at] === 0x3e && digits > 0 && digits % 2 === 0 && digits <= 128 ? at : -1
}

function hexIn(data: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 16 + digitOf(data[at])
  return value
}

function digitOf(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 87 : -1
}

function groups(list: readonly Value[], size: number): Value[][] {
  const all: Value[][] = []
  for (let at = 0; at + size <= list.length; at += size) all.push(list.slice(at, at + size))
  return all
}

function setText(texts: Map<number, string>, code: Value | undefined, to: Value | undefined): void {
  const bytes = asString(code)
  const text = asString(to)
  if (bytes && text && texts.size < maxEntries) texts.set(codeOf(bytes), utf16(text))
  // A glyph name instead of a code: not what the standard says, and nothing we could trust.
  else if (bytes && to instanceof Name) texts.delete(codeOf(bytes))
}

function setRange(
  texts: Map<number, string>,
  room: { left: number },
  low: Value | undefined,
  high: Value | undefined,
  to: Value | undefined,
): void {
  const [a, b] = [asString(low), asString(high)]
  if (!a || !b) return
  const first = codeOf(a)
  const last = Math.min(codeOf(b), first + 0xffff)
  const list = asArray(to)
  if (list) {
    for (const [index, one] of list.entries()) if (first + index <= last) setText(texts, numberBytes(first + index), one)
    return
  }
  const start = asString(to)
  if (!start || start.length < 1) return
  const head = utf16(start.subarray(0, Math.max(0, start.length - 2)))
  const tail = start.subarray(Math.max(0, start.length - 2)).reduce((sum, byte) => sum * 256 + byte, 0)
  for (let code = first; code <= last && room.left-- > 0; code++) texts.set(code, head + String.fromCharCode(tail + code - first))
}

function numberBytes(code: number): Uint8Array {
  return Uint8Array.of((code >>> 24) & 255, (code >>> 16) & 255, (code >>> 8) & 255, code & 255)
}

/** The number that the bytes of a code make. */
export function codeOf(bytes: Uint8Array): number {
  let code = 0
  for (const byte of bytes) code = code * 256 + byte
  return code
}

function utf16(bytes: Uint8Array): string {
  if (bytes.length === 1) return String.fromCharCode(bytes[0] ?? 0)
  let text = ''
  for (let at = 0; at + 1 < bytes.length && at < 64; at += 2) text += String.fromCharCode((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0))
  return text
}
