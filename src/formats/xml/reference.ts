import { isChar } from './characters.ts'

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The longest that is written: `&#x10FFFF;`, and room for zeros before it. */
const longest = 32

/** What a reference stands for, and where it ends; null for one that XML does not know by itself (2.4, 4.6): there are no others. */
export function readReference(text: string, at: number): { readonly value: string; readonly end: number } | null {
  const semicolon = text.indexOf(';', at)
  if (semicolon < 0 || semicolon - at > longest) return null
  const inside = text.slice(at + 1, semicolon)
  const value = inside.startsWith('#') ? charOf(inside) : named.get(inside)
  return value === undefined ? null : { value, end: semicolon + 1 }
}

function charOf(inside: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-f]+)|([0-9]+))$/i.exec(inside) ?? []
  if (inside[1] === 'X') return undefined
  const point = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
  return isChar(point) ? String.fromCodePoint(point) : undefined
}
