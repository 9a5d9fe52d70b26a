import { asArray, asDict, asName, asNumber, Stream, type Dict, type PdfFile, type Value } from '../object/index.ts'
import { codeOf, parseCMap, type CMap } from './cmap.ts'
import { gb1OfAscii, textOfGb1 } from './gb1.ts'
import { textOfGlyph } from './glyph-names.ts'
import { glyphTexts } from './truetype.ts'
import { unreadable } from '../../page-text/index.ts'

/** One character as a font shows it. */
export interface Glyph {
  /** {@link unreadable} where the font does not say what it is. */
  readonly text: string
  /** Thousandths of the font's size. */
  readonly width: number
  /** A one-byte 32, to which word spacing applies. */
  readonly isSpace: boolean
}

/** A font as far as its text goes. */
export interface Font {
  readonly isVertical: boolean
  glyphs(bytes: Uint8Array): Glyph[]
}

/** Reads a font dictionary. What is missing or damaged makes characters unreadable, never others. */
export function readFont(file: PdfFile, dict: Dict): Font {
  const unicode = file.get(dict, 'ToUnicode')
  const toUnicode = unicode instanceof Stream ? parseCMap(file.data(unicode).data).texts : new Map<number, string>()
  return asName(file.get(dict, 'Subtype')) === 'Type0' ? composite(file, dict, toUnicode) : simple(file, dict, toUnicode)
}

/** What a ToUnicode map says; NUL and the like are no text. */
function stated(texts: ReadonlyMap<number, string>, code: number): string | null {
  const text = texts.get(code)?.replace(/[\0\uFFFE\uFFFF]/g, '')
  return text ? text : null
}

function composite(file: PdfFile, dict: Dict, toUnicode: ReadonlyMap<number, string>): Font {
  const inner = asDict(file.resolve(asArray(file.get(dict, 'DescendantFonts'))?.[0]))
  const encoding = file.get(dict, 'Encoding')
  const name = asName(encoding) ?? ''
  const map = encoding instanceof Stream ? parseCMap(file.data(encoding).data) : null
  const ordering = asOrdering(file, inner)
  const widths = cidWidths(file, inner)
  const own = ordering === 'GB1' || toUnicode.size > 0 ? null : embeddedTexts(file, inner)
  const charset = charsetOf(name)
  const isKnown = charset === null && (name.startsWith('Identity') || map !== null)
  return {
    isVertical: name.endsWith('-V'),
    glyphs(bytes) {
      const glyphs: Glyph[] = []
      for (let at = 0; at < bytes.length;) {
        const length = codeLength(bytes, at, charset, map)
        const part = bytes.subarray(at, at + length)
        at += length
        const code = codeOf(part)
        const said = stated(toUnicode, code)
        if (charset) {
          const char = decode(charset, part)
          // Full-width forms are as wide as they are high, whatever they are called.
          const cid = gb1OfAscii(char)
          glyphs.push({ text: said ?? char, width: (cid === null ? null : widths(cid)) ?? widths(null) ?? 1_000, isSpace: false })
          continue
        }
        const cid = map && map.cids.size > 0 ? (map.cids.get(code) ?? 0) : code
        const text = said ?? (isKnown && ordering === 'GB1' ? textOfGb1(cid) : null) ?? (isKnown ? own?.(cid) : null) ?? unreadable
        glyphs.push({ text, width: widths(cid) ?? widths(null) ?? 1_000, isSpace: length === 1 && code === 32 })
      }
      return glyphs
    },
  }
}

type Charset = 'utf-16be' | 'gb18030' | 'big5'

/** The character set that a predefined CMap takes codes from; null where codes are ids. */
function charsetOf(name: string): Charset | null {
  if (/^Uni[A-Z]+\w*-(?:UCS2|UTF16)-/.test(name) || /^Uni(?:GB|CNS|JIS|KS).*(?:UCS2|UTF16)/.test(name)) return 'utf-16be'
  if (/^GB/.test(name)) return 'gb18030'
  return /^(?:B5|ETen)/.test(name) ? 'big5' : null
}

function codeLength(bytes: Uint8Array, at: number, charset: Charset | null, map: CMap | null): number {
  const first = bytes[at] ?? 0
  if (charset === 'utf-16be') return first >= 0xd8 && first <= 0xdb ? 4 : 2
  if (charset) return first < 0x81 ? 1 : 2
  for (const { length, low, high } of map?.spaces ?? []) {
    const code = codeOf(bytes.subarray(at, at + length))
    if (code >= low && code <= high) return length
  }
  return 2
}

const decoders = new Map<Charset, InstanceType<typeof TextDecoder>>()

function decode(charset: Charset, bytes: Uint8Array): string {
  const decoder = decoders.get(charset) ?? new TextDecoder(charset)
  decoders.set(charset, decoder)
  const text = decoder.decode(bytes).replace(/\0/g, '')
  return text === '' ? unreadable : text
}

function asOrdering(file: PdfFile, inner: Dict | null): string {
  const value = file.get(asDict(file.get(inner, 'CIDSystemInfo')), 'Ordering')
  return value instanceof Uint8Array ? String.fromCharCode(...value.subarray(0, 20)) : ''
}

/** Text by character id from the embedded font program. */
function embeddedTexts(file: PdfFile, inner: Dict | null): ((cid: number) => string | null) | null {
  const program = file.get(asDict(file.get(inner, 'FontDescriptor')), 'FontFile2')
  if (!(program instanceof Stream)) return null
  const map = file.get(inner, 'CIDToGIDMap')
  const gids = map instanceof Stream ? file.data(map).data : null
  let texts: Map<number, string> | null = null
  return (cid) => {
    texts ??= glyphTexts(file.data(program).data)
    const gid = gids ? (gids[cid * 2] ?? 0) * 256 + (gids[cid * 2 + 1] ?? 0) : cid
    return texts.get(gid) ?? null
  }
}

/** Widths by character id (`W`); of `null` the default one. */
function cidWidths(file: PdfFile, inner: Dict | null): (cid: number | null) => number | null {
  const byDefault = asNumber(file.get(inner, 'DW')) ?? 1_000
  const single = new Map<number, number>()
  const ranges: { first: number; last: number; width: number }[] = []
  const list = asArray(file.get(inner, 'W')) ?? []
  for (let at = 0; at < list.length;) {
    const first = asNumber(file.resolve(list[at]))
    const second = file.resolve(list[at + 1])
    const widths = asArray(second)
    if (first === null) break
    if (widths) {
      for (const [index, width] of widths.entries()) single.set(first + index, asNumber(file.resolve(width)) ?? byDefault)
      at += 2
    } else {
      ranges.push({ first, last: asNumber(second) ?? first, width: asNumber(file.resolve(list[at + 2])) ?? byDefault })
      at += 3
    }
  }
  return (cid) =>
    cid === null ? byDefault : (single.get(cid) ?? ranges.find(({ first, last }) => cid >= first && cid <= last)?.width ?? byDefault)
}

function simple(file: PdfFile, dict: Dict, toUnicode: ReadonlyMap<number, string>): Font {
  const encoding = file.get(dict, 'Encoding')
  const differences = new Map<number, string | null>()
  let code = 0
  for (const one of asArray(file.get(asDict(encoding), 'Differences')) ?? []) {
    const value = file.resolve(one)
    if (typeof value === 'number') code = value
    else differences.set(code++, textOfGlyph(asName(value) ?? ''))
  }
  const base = asName(encoding) ?? asName(file.get(asDict(encoding), 'BaseEncoding'))
  const flags = asNumber(file.get(asDict(file.get(dict, 'FontDescriptor')), 'Flags')) ?? 0
  // A symbolic font without an encoding numbers its shapes as it likes.
  const isLatin =
    base !== null ||
    (asName(file.get(dict, 'Subtype')) !== 'Type3' &&
      (flags & 4) === 0 &&
      !/Symbol|Dingbats/.test(asName(file.get(dict, 'BaseFont')) ?? ''))
  const first = asNumber(file.get(dict, 'FirstChar')) ?? 0
  const widths = (asArray(file.get(dict, 'Widths')) ?? []).map((one) => asNumber(file.resolve(one)))
  const scale = asName(file.get(dict, 'Subtype')) === 'Type3' ? type3Scale(file.get(dict, 'FontMatrix')) : 1
  const byDefault = /Courier/.test(asName(file.get(dict, 'BaseFont')) ?? '') ? 600 : 556
  return {
    isVertical: false,
    glyphs: (bytes) =>
      Array.from(bytes, (byte) => ({
        text: stated(toUnicode, byte) ?? textOfSimple(byte, differences, isLatin),
        width: (widths[byte - first] ?? byDefault) * (widths[byte - first] === undefined || widths[byte - first] === null ? 1 : scale),
        isSpace: byte === 32,
      })),
  }
}

function type3Scale(matrix: Value): number {
  return (asNumber(asArray(matrix)?.[0]) ?? 0.001) * 1_000
}

const winAnsi = new TextDecoder('windows-1252')

function textOfSimple(byte: number, differences: ReadonlyMap<number, string | null>, isLatin: boolean): string {
  if (differences.has(byte)) return differences.get(byte) ?? unreadable
  return isLatin && byte >= 32 ? winAnsi.decode(Uint8Array.of(byte)) : unreadable
}
