import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkAmountInWords, parseAmountInWords } from '../../src/domain/index.ts'
import { inWords } from '../fixtures/xml/index.ts'

test.each([
  ['壹万零陆佰圆整', 1_060_000],
  ['肆仟肆佰肆拾玖圆整', 444_900],
  ['壹拾壹圆贰角', 1_120],
  ['拾圆零叁分', 1_003],
  ['（负）壹佰元整', -10_000],
  ['（负数）伍佰圆整', -50_000],
  ['人民币贰亿零叁万圆整', 20_003_000_000],
  ['伍角', 50],
  ['零圆整', 0],
  ['⊗叁拾元伍分', 3_005],
])('%s is %i fen', (text, fen) => {
  expect(parseAmountInWords(text)).toBe(fen)
})

test.each(['', '整', '壹', '二〇二六年', '壹圆两角三', '12.00', '圆', '壹贰叁圆', '壹佰贰叁圆整'])('%s is no amount in words', (text) => {
  expect(parseAmountInWords(text)).toBeNull()
})

test('every amount in words is read as the amount it was written from', () => {
  fc.assert(fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), (fen) => parseAmountInWords(inWords(fen)) === fen + 0))
})

test('words that say another amount fail the check, words that cannot be read say nothing', () => {
  expect(checkAmountInWords('壹佰圆整', 10_000).ok).toBe(true)
  expect(checkAmountInWords('壹佰圆整', 10_001).ok).toBe(false)
  expect(checkAmountInWords('见附件', 10_000).ok).toBeNull()
  expect(checkAmountInWords(null, 10_000).ok).toBeNull()
})
