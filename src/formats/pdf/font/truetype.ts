/** What an embedded TrueType font's own `cmap` says of its glyphs: glyph id → text. Empty when there is none, or it is damaged. */
export function glyphTexts(font: Uint8Array): Map<number, string> {
  const texts = new Map<number, string>()
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  try {
    const table = tableOf(view, 0x636d6170)
    if (table !== null) readCmap(view, table, texts)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return texts
}

function tableOf(view: DataView, tag: number): number | null {
  const count = Math.min(view.getUint16(4), 64)
  for (let index = 0; index < count; index++) if (view.getUint32(12 + index * 16) === tag) return view.getUint32(12 + index * 16 + 8)
  return null
}

function readCmap(view: DataView, table: number, texts: Map<number, string>): void {
  const count = Math.min(view.getUint16(table + 2), 32)
  for (let index = 0; index < count; index++) {
    const at = table + 4 + index * 8
    const [platform, encoding] = [view.getUint16(at), view.getUint16(at + 2)]
    // Unicode only: a symbol font's codes say nothing.
    if (!(platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10)))) continue
    const sub = table + view.getUint32(at + 4)
    const format = view.getUint16(sub)
    if (format === 4) readSegments(view, sub, texts)
    else if (format === 12) readGroups(view, sub, texts)
  }
}

function readSegments(view: DataView, sub: number, texts: Map<number, string>): void {
  const twice = view.getUint16(sub + 6)
  for (let at = 0; at < twice; at += 2) {
    const end = view.getUint16(sub + 14 + at)
    const start = view.getUint16(sub + 16 + twice + at)
    const delta = view.getUint16(sub + 16 + twice * 2 + at)
    const place = sub + 16 + twice * 3 + at
    const offset = view.getUint16(place)
    for (let code = start; code <= end && code < 0xffff; code++) {
      const listed = offset === 0 ? code : view.getUint16(place + offset + (code - start) * 2)
      if (offset === 0 || listed !== 0) add(texts, (listed + delta) & 0xffff, code)
    }
  }
}

function readGroups(view: DataView, sub: number, texts: Map<number, string>): void {
  const count = Math.min(view.getUint32(sub + 12), 20_000)
  for (let index = 0; index < count; index++) {
    const at = sub + 16 + index * 12
    const [start, end, glyph] = [view.getUint32(at), Math.min(view.getUint32(at + 4), 0x10ffff), view.getUint32(at + 8)]
    for (let code = start; code <= end && code - start < 70_000; code++) add(texts, glyph + code - start, code)
  }
}

/** A glyph of two characters keeps the first that is no compatibility form: digits must not come out as look-alikes. */
function add(texts: Map<number, string>, glyph: number, code: number): void {
  if (glyph === 0 || texts.size > 70_000) return
  const text = String.fromCodePoint(code)
  const known = texts.get(glyph)
  if (known === undefined || (known !== known.normalize('NFKC') && text === text.normalize('NFKC'))) texts.set(glyph, text)
}
