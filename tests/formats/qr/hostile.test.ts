import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickInvoiceQrs, readQr, whyNoInvoice } from '../../../src/formats/index.ts'

const megabyte = 1_000_000

test.each([
  ['commas', ','.repeat(megabyte)],
  ['spaces', `01,${' '.repeat(megabyte)}x`],
  ['digits', `01,31,,${'9'.repeat(megabyte)},1,20260421,,`],
  ['an address', `https://bcfp.shenzhen.chinatax.gov.cn/?hash=${'a'.repeat(megabyte)}`],
  ['a title', `$01$${'A'.repeat(megabyte)}$`],
])('a megabyte of %s is put aside at once', (_what, text) => {
  const started = performance.now()
  expect(readQr(text)).toBeNull()
  expect(whyNoInvoice(text).code).toBe('qr-too-long')
  expect(performance.now() - started).toBeLessThan(500)
})

test.each([' ', ',', '9', '0,', '.', '1.', '-', '年', '\u0000', 'ﷺ', '01,31,'])('8,000 characters of %j are read without delay', (part) => {
  const text = `01,31,${part.repeat(Math.floor(8_000 / part.length))}`
  const started = performance.now()
  readQr(text)
  whyNoInvoice(text)
  expect(performance.now() - started).toBeLessThan(500)
})

test('no text makes it throw, and a checksum is never called wrong', () => {
  const field = fc.oneof(fc.string({ unit: 'binary', maxLength: 24 }), fc.stringMatching(/^[0-9.-]{0,22}$/), fc.constant(''))
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(field, { maxLength: 12 }).map((fields) => `01,${fields.join(',')}`),
    fc.string().map((query) => `https://bcfp.shenzhen.chinatax.gov.cn/verify/scan?${query}`),
  )
  fc.assert(
    fc.property(text, (one) => {
      whyNoInvoice(one)
      const draft = readQr(one)
      expect(pickInvoiceQrs([one])).toEqual(draft === null ? [] : [one])
      expect(draft?.checks.find(({ name }) => name === 'qr-crc')?.ok).not.toBe(false)
    }),
    { numRuns: 2_000 },
  )
})
