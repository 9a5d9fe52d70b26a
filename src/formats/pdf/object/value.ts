/** A name, without its slash. */
export class Name {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** A reference to an indirect object. */
export class Ref {
  readonly num: number
  readonly gen: number
  constructor(num: number, gen: number) {
    this.num = num
    this.gen = gen
  }
}

/** A word that is no object: an operator of a content stream, or a keyword of the file. */
export class Word {
  readonly word: string
  constructor(word: string) {
    this.word = word
  }
}

export type Dict = Map<string, Value>

/** A stream as it stands in the file, still encoded. */
export class Stream {
  readonly dict: Dict
  readonly raw: Uint8Array
  constructor(dict: Dict, raw: Uint8Array) {
    this.dict = dict
    this.raw = raw
  }
}

/** A PDF object (ISO 32000-1 7.3). Strings are bytes. */
export type Value = null | boolean | number | Uint8Array | Name | Ref | Word | Stream | readonly Value[] | Dict

/** An array, or nothing: `Array.isArray` alone does not narrow a readonly one. */
export function asArray(value: Value | undefined): readonly Value[] | null {
  return Array.isArray(value) ? (value as readonly Value[]) : null
}
export const asDict = (value: Value | undefined): Dict | null =>
  value instanceof Map ? value : value instanceof Stream ? value.dict : null
export const asName = (value: Value | undefined): string | null => (value instanceof Name ? value.name : null)
export const asNumber = (value: Value | undefined): number | null => (typeof value === 'number' ? value : null)
export const asString = (value: Value | undefined): Uint8Array | null => (value instanceof Uint8Array ? value : null)

/** A text string: UTF-16 or UTF-8 after its mark, else PDFDocEncoding, of which the first half and Latin-1 are taken. */
export function textOf(bytes: Uint8Array): string {
  const [a, b, c] = bytes
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes.subarray(2))
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes.subarray(2))
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8').decode(bytes.subarray(3))
  return latin(bytes)
}

/** Bytes as characters of the same number. */
export function latin(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return text
}
