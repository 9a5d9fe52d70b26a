import { expect, test } from 'vitest'
import { parseRate, priceTimesQuantity, rateTimesNet, sameLines, type Line } from '../../src/domain/index.ts'

const line = (values: Partial<Line>): Line => ({
  name: null,
  spec: null,
  unit: null,
  quantity: null,
  unitPrice: null,
  amount: null,
  taxRate: null,
  tax: null,
  ...values,
})

test('a price printed with few digits may be off by half of the last one for every piece', () => {
  expect(priceTimesQuantity([line({ unitPrice: '9.91150442', quantity: '1.00', amount: 991 })])).toBe(true)
  expect(priceTimesQuantity([line({ unitPrice: '0.33', quantity: '1000', amount: 33_333 })])).toBe(true)
  expect(priceTimesQuantity([line({ unitPrice: '100', quantity: '2', amount: 20_100 })])).toBe(false)
})

test('tax may be off by six fen a line, which the issuing software allows', () => {
  expect(rateTimesNet([line({ taxRate: '6%', amount: 10_000, tax: 606 })])).toBe(true)
  expect(rateTimesNet([line({ taxRate: '0.060000', amount: 10_000, tax: 607 })])).toBe(false)
})

test('lines without the values say nothing', () => {
  expect(priceTimesQuantity([line({ amount: 100 })])).toBeNull()
  expect(rateTimesNet([line({ taxRate: '免税', amount: 100, tax: null })])).toBeNull()
  expect(rateTimesNet([])).toBeNull()
})

test.each([
  ['6%', 0.06],
  ['13.00%', 0.13],
  ['0.060000', 0.06],
  ['免税', null],
  ['6', null],
])('the rate %s is %s', (text, rate) => {
  expect(parseRate(text)).toBe(rate)
})

test('two readings of lines agree when they only print differently', () => {
  const one = line({ name: '*服务*技术服务费', quantity: '1', unitPrice: '4197.17', taxRate: '6%', amount: 419_717 })
  expect(
    sameLines(
      [one],
      [line({ ...one, name: '*服务* 技术服务费', quantity: '1.00', unitPrice: '4197.16981132075', taxRate: '0.060000', unit: '项' })],
    ),
  ).toBe(true)
  expect(sameLines([one], [line({ ...one, amount: 419_718 })])).toBe(false)
  expect(sameLines([one], [line({ ...one, quantity: '0.6' })])).toBe(false)
  expect(sameLines([one], [])).toBe(false)
})
