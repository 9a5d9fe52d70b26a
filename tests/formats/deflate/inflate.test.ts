import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inflateInto } from '../../../src/formats/deflate/index.ts'

const never = () => {}
/** What zlib makes of it; null when it refuses it. */
function zlib(packed: Uint8Array): Uint8Array | null {
  try {
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: 1_000_000 }))
  } catch {
    return null
  }
}

/** Data that repeats itself near and far, in more or fewer characters: every sort of block comes of it. */
const contents = fc
  .array(fc.record({ seed: fc.nat(), length: fc.nat(600), range: fc.constantFrom(1, 2, 20, 256), back: fc.option(fc.nat(40_000)) }), {
    maxLength: 12,
  })
  .map((parts) => {
    const out: number[] = []
    for (const { seed, length, range, back } of parts)
      for (let at = 0, value = seed; at < length; at++, value = (Math.imul(value, 1_103_515_245) + 12_345) >>> 0)
        out.push(back !== null && back > 0 && back <= out.length ? out[out.length - back]! : (value >>> 16) % range)
    return Uint8Array.from(out)
  })
const packing = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ),
  memLevel: fc.integer({ min: 1, max: 9 }),
})

describe('What zlib packed', () => {
  test('comes out whole, and says when there is no room for it', () => {
    fc.assert(
      fc.property(contents, packing, (data, options) => {
        const packed = deflateRawSync(data, options)
        const out = new Uint8Array(data.length)
        expect(inflateInto(out, packed, never)).toEqual({ length: data.length, end: 'whole' })
        expect(Buffer.compare(out, data)).toBe(0)
        if (data.length > 0) expect(inflateInto(new Uint8Array(data.length - 1), packed, never).end).toBe('full')
      }),
      { numRuns: 300 },
    )
  })
  test('damaged, it is what zlib makes of it, or damaged', () => {
    fc.assert(
      fc.property(contents, packing, fc.nat(), fc.nat(7), (data, options, place, bit) => {
        const packed = new Uint8Array(deflateRawSync(data, options))
        packed[place % Math.min(packed.length, 90)]! ^= 1 << bit
        const theirs = zlib(packed)
        const out = new Uint8Array(theirs?.length ?? 1_000_000)
        const { length, end } = inflateInto(out, packed, never)
        expect(end === 'whole').toBe(theirs !== null)
        if (theirs) expect(Buffer.compare(out.subarray(0, length), theirs)).toBe(0)
      }),
      { numRuns: 600 },
    )
  })
  test('cut short, it is damaged, and what came until there is right', () => {
    fc.assert(
      fc.property(contents, packing, fc.nat(), (data, options, cut) => {
        const packed = deflateRawSync(data, options)
        const out = new Uint8Array(data.length)
        const { length, end } = inflateInto(out, packed.subarray(0, cut % packed.length), never)
        expect(end).toBe('damaged')
        expect(Buffer.compare(out.subarray(0, length), data.subarray(0, length))).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})

test('What inflates to far more than there is room for costs no more than the room', () => {
  const bomb = deflateRawSync(new Uint8Array(30_000_000))
  let looks = 0
  const { length, end } = inflateInto(new Uint8Array(1_000_000), bomb, () => looks++)
  expect(end).toBe('full')
  expect(length).toBeLessThanOrEqual(1_000_000)
  expect(looks).toBe(15)
})

test('Whoever looks at the time may end it', () => {
  const bomb = deflateRawSync(new Uint8Array(2_000_000))
  const late = () => {
    throw new Error('late')
  }
  expect(() => inflateInto(new Uint8Array(2_000_000), bomb, late)).toThrow('late')
})

test('Empty blocks without end are read once and are nothing', () => {
  const blocks = Uint8Array.from({ length: 500_000 }, (_, at) => [0, 0, 0, 255, 255][at % 5]!)
  expect(inflateInto(new Uint8Array(10), blocks, never)).toEqual({ length: 0, end: 'damaged' })
})
