import { type Lexer, Name, Word, type Dict } from '../object/index.ts'

const longNames: Readonly<Record<string, string>> = {
  BPC: 'BitsPerComponent',
  CS: 'ColorSpace',
  D: 'Decode',
  DP: 'DecodeParms',
  F: 'Filter',
  H: 'Height',
  IM: 'ImageMask',
  W: 'Width',
}
const longSpaces: Readonly<Record<string, string>> = { G: 'DeviceGray', RGB: 'DeviceRGB', CMYK: 'DeviceCMYK', I: 'Indexed' }

/** Reads an inline picture after `BI` (ISO 32000-1 8.9.7); the lexer is left behind its `EI`. */
export function readInlinePicture(lexer: Lexer): { readonly dict: Dict; readonly raw: Uint8Array } | null {
  const dict: Dict = new Map()
  for (;;) {
    const key = lexer.next()
    if (key === undefined) return null
    if (key instanceof Word) {
      if (key.word !== 'ID') return null
      break
    }
    const value = lexer.next()
    if (!(key instanceof Name) || value === undefined || value instanceof Word) return null
    const name = longNames[key.name] ?? key.name
    dict.set(name, name === 'ColorSpace' && value instanceof Name ? new Name(longSpaces[value.name] ?? value.name) : value)
  }
  const start = lexer.at + 1
  const { bytes } = lexer
  for (let at = start; at + 2 <= bytes.length; at++) {
    const isEnd =
      bytes[at] === 0x45 && bytes[at + 1] === 0x49 && isSpace(bytes[at - 1]) && (at + 2 === bytes.length || isSpace(bytes[at + 2]))
    // Two letters may stand in the data too: what follows the right ones is content again.
    if (isEnd && looksLikeContent(bytes.subarray(at + 2, at + 22))) {
      lexer.at = at + 2
      return { dict, raw: bytes.subarray(start, at - 1) }
    }
  }
  lexer.at = bytes.length
  return null
}

const isSpace = (code: number | undefined) => code === 32 || code === 10 || code === 13 || code === 9

function looksLikeContent(bytes: Uint8Array): boolean {
  return bytes.every((code) => (code >= 32 && code < 127) || isSpace(code))
}
