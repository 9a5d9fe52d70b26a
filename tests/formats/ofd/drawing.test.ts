import { describe, expect, test } from 'vitest'
import { boundaryClip, clipsOf } from '../../../src/formats/ofd/page/clips.ts'
import { readOutlines } from '../../../src/formats/ofd/page/glyphs.ts'
import { createMeter } from '../../../src/formats/ofd/page/meter.ts'
import { stamped } from '../../../src/formats/ofd/page/seals.ts'
import { parseXml } from '../../../src/formats/xml/index.ts'
import { endless } from '../budget.ts'

const element = (xml: string) => parseXml(new TextEncoder().encode(xml), endless)

describe('clips', () => {
  const area = (inside: string) => element(`<PathObject><Clips><Clip><Area>${inside}</Area></Clip></Clips></PathObject>`)
  const path = '<Path Boundary="1 2 9 9" Rule="Even-Odd"><AbbreviatedData>M 0 0 L 1 1 C</AbbreviatedData></Path>'
  test('a path cuts, where its boundary puts it and by its rule', () => {
    expect(clipsOf(area(path), createMeter())).toEqual([{ shapes: [{ d: 'M0 0L1 1Z', matrix: [1, 0, 0, 1, 1, 2], evenOdd: true }] }])
  })
  test('an area of text cuts nothing: what it would leave is shown whole', () => {
    expect(clipsOf(area('<Text/>'), createMeter())).toEqual([])
    expect(clipsOf(element('<PathObject/>'), createMeter())).toEqual([])
  })
  test('what stays in its boundary is not cut, what leaves it is', () => {
    const box = { x: 5, y: 5, width: 10, height: 10 }
    expect(boundaryClip(box, { left: 0, top: 0, right: 10, bottom: 10 }, 0)).toBeNull()
    expect(boundaryClip(box, { left: 0, top: 0, right: 99, bottom: 10 }, 0)?.shapes).toMatchObject([{ d: 'M0 0L10 0L10 10L0 10Z' }])
  })
})

test('a seal fills its place on the page, and of one over several pages only its part is shown', () => {
  const picture = { type: 'png' as const, bytes: new Uint8Array() } as never
  const nodes = [{ is: 'image' as const, matrix: [1, 0, 0, 1, 0, 0] as const, picture: 0 }]
  const placed = { page: '1', box: { x: 90, y: 10, width: 30, height: 20 }, picture }
  const whole = JSON.stringify(stamped({ ...placed, cut: null }, nodes as never, { width: 300, height: 100 }))
  expect(whole).toContain('[0.1,0,0,0.2,0,0]')
  expect(whole).toContain('[1,0,0,1,90,10]')
  expect(whole).not.toContain('M0 0')
  const part = JSON.stringify(
    stamped({ ...placed, cut: { x: 0, y: 0, width: 15, height: 20 } }, nodes as never, { width: 300, height: 100 }),
  )
  expect(part).toContain('M0 0L15 0L15 20L0 20Z')
})

/** A TrueType font of these glyphs, each the bytes of its `glyf` entry. */
function fontOf(glyphs: readonly (readonly number[])[]): Uint8Array {
  const u16 = (value: number) => [(value >> 8) & 255, value & 255]
  const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)]
  const ends = glyphs.map((_, index) => glyphs.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0))
  const head = Array.from({ length: 54 }, () => 0)
  head.splice(18, 2, ...u16(1_000))
  head.splice(50, 2, ...u16(1))
  const tables: Record<string, number[]> = {
    head,
    maxp: [...u32(0x10000), ...u16(glyphs.length)],
    loca: [0, ...ends].flatMap(u32),
    glyf: glyphs.flat(),
  }
  let at = 12 + 16 * Object.keys(tables).length
  const lines = Object.entries(tables).flatMap(([tag, data]) => {
    const line = [...[...tag].map((char) => char.charCodeAt(0)), ...u32(0), ...u32(at), ...u32(data.length)]
    at += data.length
    return line
  })
  return Uint8Array.from([...u32(0x10000), ...u16(Object.keys(tables).length), 0, 0, 0, 0, 0, 0, ...lines, ...Object.values(tables).flat()])
}

describe('glyphs of a TrueType font', () => {
  const s16 = (value: number) => [(value >> 8) & 255, value & 255]
  // One contour of three points on the curve: (0,0), (100,0), (0,100), as signed words.
  const triangle = [
    ...s16(1),
    ...[0, 0, 100, 100].flatMap(s16),
    ...s16(2),
    ...s16(0),
    1,
    1,
    1,
    ...[0, 100, -100].flatMap(s16),
    ...[0, 0, 100].flatMap(s16),
  ]
  /** A glyph made of another one, moved. */
  const made = (of: number, x: number, y: number) => [...s16(-1), ...[0, 0, 0, 0].flatMap(s16), ...s16(3), ...s16(of), ...s16(x), ...s16(y)]

  test('a simple one is its contours, a composed one its parts where they are moved to', () => {
    const outlines = readOutlines(fontOf([triangle, made(0, 50, 7)]))
    expect(outlines?.units).toBe(1_000)
    const points = (glyph: number) => outlines?.shape(glyph).flatMap(([letter, ...at]) => (letter === 'Z' ? [] : [at])) ?? []
    const corners = [
      [0, 0],
      [100, 0],
      [0, 100],
    ]
    for (const corner of corners) expect(points(0)).toContainEqual(corner)
    for (const [x = 0, y = 0] of corners) expect(points(1)).toContainEqual([x + 50, y + 7])
  })
  test('one that is made of itself, one beyond the last and one cut short are blank', () => {
    const outlines = readOutlines(fontOf([made(0, 0, 0), triangle.slice(0, 9)]))
    for (const glyph of [0, 1, 7]) expect(outlines?.shape(glyph)).toEqual([])
  })
  test('what is no TrueType font has none', () => {
    expect(readOutlines(new Uint8Array(4))).toBeNull()
    expect(readOutlines(fontOf([triangle]).slice(0, 60))).toBeNull()
  })
})
