/**
 * Adobe-GB1 character ids of what GB 2312 holds, for fonts that name characters by id only. The collection keeps the rows of GB 2312 in
 * order (Adobe TN 5079): this is its map GB-EUC-H turned round, without the rows of Greek, Cyrillic and box drawing.
 */
const ranges: readonly (readonly [cid: number, code: number, count: number])[] = [
  [96, 0xa1a1, 94],
  [190, 0xa2b1, 50],
  [240, 0xa2e5, 10],
  [250, 0xa2f1, 12],
  [262, 0xa3a1, 94],
  // Level 1: whole rows, the last one five short; then level 2.
  ...Array.from({ length: 39 }, (_, row) => [939 + row * 94, 0xb0a1 + row * 256, 94] as const),
  [4605, 0xd7a1, 89],
  ...Array.from({ length: 32 }, (_, row) => [4694 + row * 94, 0xd8a1 + row * 256, 94] as const),
]

const gb18030 = new TextDecoder('gb18030')

/** The text of an Adobe-GB1 character id; null for those outside GB 2312. */
export function textOfGb1(cid: number): string | null {
  if (cid >= 1 && cid <= 95) return String.fromCharCode(cid + 31)
  if (cid >= 814 && cid <= 908) return String.fromCharCode(cid - 814 + 32)
  const range = ranges.find(([first, , count]) => cid >= first && cid < first + count)
  if (!range) return null
  const code = range[1] + cid - range[0]
  return gb18030.decode(Uint8Array.of(code >> 8, code & 255))
}

/** The id of a printable ASCII character, for its width; the others are as wide as they are high. */
export function gb1OfAscii(text: string): number | null {
  const code = text.charCodeAt(0)
  return text.length === 1 && code >= 32 && code <= 126 ? code - 31 : null
}
