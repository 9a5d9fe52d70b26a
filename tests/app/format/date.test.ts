import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { age, clockTime, longDate, moment, monthOf, shortDate, stamp, upcoming } from '../../../src/app/format/date.ts'
import { formatEn } from '../../../src/app/locales/en/format.ts'
import { formatZh } from '../../../src/app/locales/zh-CN/format.ts'

const shanghai = (text: string) => Date.parse(`${text}+08:00`)
const now = shanghai('2025-06-09T10:42:00')

it('dates are set tight', () => {
  expect(longDate('2025-06-09', formatZh)).toBe('2025年6月9日')
  expect(shortDate('2025-06-09', formatZh)).toBe('6月9日')
  expect(monthOf('2025-06-09', formatZh)).toBe('2025年6月')
  expect(longDate('2025-06-09', formatEn)).toBe('9 Jun 2025')
})

it('the clock is Shanghai’s, wherever the device is', () => {
  expect(clockTime(Date.parse('2025-06-08T16:05:00Z'))).toBe('00:05')
})

it.each([
  ['2025-06-09T10:41:30', '刚刚'],
  ['2025-06-09T10:37:00', '5 分钟前'],
  ['2025-06-09T08:42:00', '2 小时前'],
  ['2025-06-08T23:59:00', '昨天'],
  ['2025-06-06T00:01:00', '3 天前'],
  ['2025-04-01T12:00:00', '4月1日'],
  ['2024-06-09T12:00:00', '2024年6月9日'],
])('%s is %s', (then, expected) => {
  expect(age(shanghai(then), now, formatZh)).toBe(expected)
})

it('less than an hour ago but yesterday is minutes, not a day', () => {
  expect(age(shanghai('2025-06-08T23:50:00'), shanghai('2025-06-09T00:10:00'), formatZh)).toBe('20 分钟前')
})

it('a wrong clock never makes a negative age', () => {
  fc.assert(fc.property(fc.integer({ min: -1e12, max: 1e12 }), (offset) => !/-\d/.test(age(now + offset, now, formatZh))))
})

it.each([
  ['2025-06-09T10:42:20', '马上'],
  ['2025-06-09T15:00:00', '今天 15:00'],
  ['2025-06-09T20:10:00', '今晚 20:10'],
  ['2025-06-10T08:40:00', '明早 08:40'],
  ['2025-06-10T14:00:00', '明天 14:00'],
  ['2025-06-10T20:00:00', '明晚 20:00'],
  ['2025-06-12T08:40:00', '6月12日 08:40'],
  ['2026-01-02T08:40:00', '2026年1月2日 08:40'],
])('what comes at %s is %s', (then, expected) => {
  expect(upcoming(shanghai(then), now, formatZh)).toBe(expected)
})

describe('what happened', () => {
  it('is said with its time', () => {
    expect(moment(shanghai('2025-06-09T09:12:00'), now, formatZh)).toBe('今天 09:12')
    expect(moment(shanghai('2025-06-08T18:20:00'), now, formatZh)).toBe('昨天 18:20')
    expect(moment(shanghai('2024-06-08T18:20:00'), now, formatZh)).toBe('2024年6月8日 18:20')
  })

  it('is stamped short at the edge', () => {
    expect(stamp(shanghai('2025-06-09T09:12:00'), now, formatZh)).toBe('09:12')
    expect(stamp(shanghai('2025-05-28T09:12:00'), now, formatZh)).toBe('5月28日')
  })
})
