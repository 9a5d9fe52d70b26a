import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMoney, parseMoney } from '../../src/domain/index.ts'

test.each([
  ['57', 5700],
  ['6.2', 620],
  ['1,234.50', 123450],
  ['¥ 8.00', 800],
  ['-100.00', -10000],
  ['１２．３４', 1234],
  ['0.10000', 10],
])('%s is read as %i fen', (text, fen) => {
  expect(parseMoney(text)).toBe(fen)
})

test.each(['', 'abc', '1.234', '1..2', '--1', '***', '1e3', '99999999999999999999'])('%s is no amount', (text) => {
  expect(parseMoney(text)).toBeNull()
})

test('every amount survives being printed and read', () => {
  fc.assert(fc.property(fc.integer({ min: -1e14, max: 1e14 }), (fen) => parseMoney(formatMoney(fen)) === fen + 0))
})
