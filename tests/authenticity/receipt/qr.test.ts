import fc from 'fast-check'
import jsQR from 'jsqr'
import { beforeAll, expect, test } from 'vitest'
import { receiptQr, type QrSymbol } from '../../../src/authenticity/index.ts'
import { openEngine } from '../../fixtures/qr-engine.ts'
import { makeKey, receiptOf } from '../../fixtures/receipts.ts'

let text: string
beforeAll(async () => {
  text = receiptOf(await makeKey(1))
})
/** Grey pixels with the quiet zone a screen leaves. */
function pixels({ modules }: QrSymbol, scale = 3) {
  const side = (modules.length + 8) * scale
  const grey = new Uint8ClampedArray(side * side).fill(255)
  modules.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark)
        for (let dy = 0; dy < scale; dy++)
          grey.fill(0, ((y + 4) * scale + dy) * side + (x + 4) * scale, ((y + 4) * scale + dy) * side + (x + 5) * scale)
    }),
  )
  return { side, grey }
}
function rgba(grey: Uint8ClampedArray): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: grey.length * 4 }, (_, at) => (at % 4 === 3 ? 255 : grey[at >> 2]!))
}
const hostOf = (length: number) => `https://${'a'.repeat(length - 8)}.example`

test('hosts of up to 40 characters fit version 8 at level M; longer ones take version 9, and at some length none', () => {
  for (let length = 9; length <= 40; length++) expect(receiptQr(hostOf(length), text)?.version).toBeLessThanOrEqual(8)
  expect(receiptQr(hostOf(60), text)?.version).toBe(9)
  expect(receiptQr(hostOf(200), text)).toBeNull()
  expect(receiptQr('https://例子.example', text)).toBeNull()
})

test('another reader finds the address in every symbol', () => {
  fc.assert(
    fc.property(fc.integer({ min: 9, max: 60 }), fc.constantFrom('https', 'http'), (length, scheme) => {
      const origin = hostOf(length).replace('https', scheme)
      const { side, grey } = pixels(receiptQr(origin, text)!)
      expect(jsQR(rgba(grey), side, side)?.data).toBe(`${origin.toUpperCase()}/R#${text}`)
    }),
    { numRuns: 15 },
  )
})

test('our own scanner’s engine reads it, too', async () => {
  const { side, grey } = pixels(receiptQr(hostOf(40), text)!)
  const engine = await openEngine()
  expect(engine.read({ data: grey, width: side, height: side }).map((found) => found.text)).toEqual([
    `${hostOf(40).toUpperCase()}/R#${text}`,
  ])
})
