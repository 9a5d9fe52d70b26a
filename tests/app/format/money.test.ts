import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseMoney } from '../../../src/domain/index.ts'
import { groupCheckCode, groupNumber } from '../../../src/app/format/digits.ts'
import { figures, moneyText } from '../../../src/app/format/money.ts'

it('amounts carry separators and always two digits', () => {
  expect(figures(0)).toBe('0.00')
  expect(figures(6)).toBe('0.06')
  expect(figures(128000)).toBe('1,280.00')
  expect(figures(123456789012)).toBe('1,234,567,890.12')
  expect(moneyText(113274)).toBe('¥ 1,132.74')
})

it('a red invoice has a real minus', () => {
  expect(figures(-10000)).toBe('−100.00')
})

it('what is shown reads back as the same amount', () => {
  fc.assert(fc.property(fc.integer({ min: -1e14, max: 1e14 }), (fen) => parseMoney(figures(fen)) === (fen === 0 ? 0 : fen)))
})

it('numbers stand in fours, check codes in fives, for the eye only', () => {
  expect(groupNumber('25002000000000004821')).toBe('2500 2000 0000 0000 4821')
  expect(groupNumber('00482173')).toBe('0048 2173')
  expect(groupCheckCode('02284305162156547392')).toBe('02284 30516 21565 47392')
  expect(groupCheckCode('547392')).toBe('547392')
})
