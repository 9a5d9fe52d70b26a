import { Refusal } from '../../file/refusal.ts'
import { asNumber, Name, Ref, Word, type Dict, type Value } from './value.ts'

/** Arrays and dictionaries nested deeper than this are an attack. */
const maxDepth = 48

const space = new Uint8Array(256)
const delimiter = new Uint8Array(256)
for (const code of [0, 9, 10, 12, 13, 32]) space[code] = 1
for (const char of '()<>[]{}/%') delimiter[char.charCodeAt(0)] = 1

/** Reads objects out of bytes, one after the other; for the file and for content streams. */
export class Lexer {
  readonly bytes: Uint8Array
  at: number
  /** With references `1 0 R`, which content streams do not have. */
  readonly withRefs: boolean

  constructor(bytes: Uint8Array, at = 0, withRefs = true) {
    this.bytes = bytes
    this.at = at
    this.withRefs = withRefs
  }

  skipSpace(): void {
    const { bytes } = this
    for (;;) {
      const code = bytes[this.at]
      if (code === undefined) return
      if (space[code]) this.at++
      else if (code === 0x25) {
        while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++
      } else return
    }
  }

  /** The next object or word; undefined at the end. */
  next(depth = 0): Value | undefined {
    this.skipSpace()
    const { bytes } = this
    const code = bytes[this.at]
    if (code === undefined) return undefined
    switch (code) {
      case 0x2f:
        return this.name()
      case 0x28:
        return this.literal()
      case 0x3c:
        return bytes[this.at + 1] === 0x3c ? this.dict(depth) : this.hex()
      case 0x5b:
        return this.array(depth)
      case 0x5d:
      case 0x7b:
      case 0x7d:
      case 0x29:
        this.at++
        return new Word(String.fromCharCode(code))
      case 0x3e:
        this.at += bytes[this.at + 1] === 0x3e ? 2 : 1
        return new Word('>>')
    }
    return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2b || code === 0x2e ? this.numeric() : this.word()
  }

  private numeric(): Value {
    const { bytes } = this
    const start = this.at
    let at = start
    let sign = 1
    let value = 0
    let scale = 0
    let digits = 0
    for (; ; at++) {
      const code = bytes[at]
      if (code === undefined) break
      if (code >= 0x30 && code <= 0x39) {
        digits++
        if (scale === 0) value = value * 10 + code - 0x30
        else {
          value += (code - 0x30) * scale
          scale /= 10
        }
      } else if (code === 0x2e && scale === 0) scale = 0.1
      else if (code === 0x2d) {
        // Some writers double the sign, or put one into the middle, where it means nothing.
        if (at === start) sign = -1
      } else if (code !== 0x2b || at !== start) break
    }
    this.at = at
    const end = bytes[at]
    // `-abc` is a word; of `0g` and `1.2.3` the rest is a word of its own.
    if (digits === 0) {
      if (end === undefined || space[end] || delimiter[end]) return 0
      return this.word()
    }
    return this.withRefs && scale === 0 && sign === 1 ? this.refOr(value) : sign * value
  }

  /** After an integer: the rest of `12 0 R`. */
  private refOr(num: number): Value {
    const { bytes } = this
    let at = this.at
    if (!space[bytes[at] ?? 0x28]) return num
    while (space[bytes[at] ?? 0x28]) at++
    let gen = 0
    const start = at
    while (at - start < 6 && (bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x39) gen = gen * 10 + (bytes[at++] ?? 0) - 0x30
    if (at === start || !space[bytes[at] ?? 0x28]) return num
    while (space[bytes[at] ?? 0x28]) at++
    const after = bytes[at + 1] ?? 32
    if (bytes[at] !== 0x52 || !(space[after] || delimiter[after])) return num
    this.at = at + 1
    return new Ref(num, gen)
  }

  private word(): Value {
    const { bytes } = this
    const start = this.at++
    while (this.at < bytes.length && !space[bytes[this.at] ?? 0] && !delimiter[bytes[this.at] ?? 0] && this.at - start < 128) this.at++
    const word = String.fromCharCode(...bytes.subarray(start, this.at))
    return word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : new Word(word)
  }

  private name(): Name {
    const { bytes } = this
    const start = ++this.at
    let escaped = false
    while (this.at < bytes.length && !space[bytes[this.at] ?? 0] && !delimiter[bytes[this.at] ?? 0] && this.at - start < 256)
      escaped = bytes[this.at++] === 0x23 || escaped
    const text = String.fromCharCode(...bytes.subarray(start, this.at))
    return new Name(escaped ? text.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text)
  }

  private literal(): Uint8Array {
    const { bytes } = this
    const start = ++this.at
    let depth = 1
    for (let at = start; ; at++) {
      const code = bytes[at]
      if (code === 0x28) depth++
      // Most strings have no escapes and are taken as they stand.
      else if (code === undefined || (code === 0x29 && --depth === 0)) {
        this.at = at + 1
        return bytes.subarray(start, at)
      } else if (code === 0x5c || code === 0x0d) break
    }
    const out: number[] = []
    depth = 1
    while (this.at < bytes.length) {
      const code = bytes[this.at++] ?? 0
      if (code === 0x5c) this.escape(out)
      else {
        if (code === 0x28) depth++
        else if (code === 0x29 && --depth === 0) break
        out.push(code)
      }
    }
    return Uint8Array.from(out)
  }

  private escape(out: number[]): void {
    const { bytes } = this
    const code = bytes[this.at++] ?? 0
    if (code >= 0x30 && code <= 0x37) {
      let value = code - 0x30
      for (let more = 0; more < 2; more++) {
        const digit = bytes[this.at] ?? 0
        if (digit < 0x30 || digit > 0x37) break
        value = value * 8 + digit - 0x30
        this.at++
      }
      out.push(value & 255)
    } else if (code === 0x0d) {
      if (bytes[this.at] === 0x0a) this.at++
    } else if (code !== 0x0a) out.push(escapes[code] ?? code)
  }

  private hex(): Uint8Array {
    const { bytes } = this
    const start = this.at + 1
    const end = bytes.indexOf(0x3e, start)
    const stop = end < 0 ? bytes.length : end
    this.at = Math.min(bytes.length, stop + 1)
    const out = new Uint8Array((stop - start + 1) >> 1)
    let count = 0
    for (let at = start; at < stop; at++) {
      const code = bytes[at]!
      const digit = code <= 0x39 ? code - 0x30 : (code | 32) - 87
      // White space may stand anywhere in it.
      if (digit < 0 || digit > 15 || (code > 0x39 && digit < 10)) continue
      out[count >> 1]! |= count & 1 ? digit : digit << 4
      count++
    }
    const length = (count + 1) >> 1
    return length === out.length ? out : out.subarray(0, length)
  }

  private array(depth: number): Value[] {
    if (depth > maxDepth) throw tooDeep()
    const list: Value[] = []
    this.at++
    for (;;) {
      const value = this.next(depth + 1)
      if (value === undefined) return list
      if (value instanceof Word) {
        if (value.word === ']') return list
        // An unclosed array must not swallow the file.
        if (value.word === 'endobj' || value.word === '>>') return list
        continue
      }
      list.push(value)
    }
  }

  private dict(depth: number): Dict {
    if (depth > maxDepth) throw tooDeep()
    const dict: Dict = new Map()
    this.at += 2
    for (;;) {
      const key = this.next(depth + 1)
      if (key === undefined || (key instanceof Word && (key.word === '>>' || key.word === 'endobj' || key.word === 'stream'))) return dict
      if (!(key instanceof Name)) continue
      const value = this.next(depth + 1)
      if (value === undefined || (value instanceof Word && value.word === '>>')) return dict
      if (!(value instanceof Word)) dict.set(key.name, value)
    }
  }

  /** A whole number next, else null; the place is kept when there is none. */
  integer(): number | null {
    const start = this.at
    const value = asNumber(this.next())
    if (value === null || !Number.isSafeInteger(value)) {
      this.at = start
      return null
    }
    return value
  }

  /** Whether this word is next; it is then passed. */
  takes(word: string): boolean {
    const start = this.at
    const value = this.next()
    if (value instanceof Word && value.word === word) return true
    this.at = start
    return false
  }
}

const escapes: Readonly<Record<number, number>> = { 0x6e: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12 }

function tooDeep(): Refusal {
  return new Refusal('file-damaged', 'The PDF nests its objects deeper than any writer does')
}
