import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDate } from '../../src/domain/index.ts'
import { date } from './arbitrary.ts'

test.each([
  ['20260421', '2026-04-21'],
  ['2025-11-08', '2025-11-08'],
  ['2025/11/8', '2025-11-08'],
  ['2020年07月23日', '2020-07-23'],
  ['2020 年 7 月 3 日', '2020-07-03'],
  ['２０２０．７．３', '2020-07-03'],
])('%s is %s', (text, expected) => {
  expect(parseDate(text)).toBe(expected)
})

test.each(['', '20260230', '2026-02-30', '20261301', '19931231', '21000101', '260421', '2026042', '2026-04-21 10:00', '99999999'])(
  '%j is no date of an invoice',
  (text) => {
    expect(parseDate(text)).toBeNull()
  },
)

test('every date is read however it is written', () => {
  fc.assert(
    fc.property(date, (day) => {
      const [year, month, dayOfMonth] = day.split('-')
      for (const text of [
        day,
        `${year}${month}${dayOfMonth}`,
        `${year}/${Number(month)}/${Number(dayOfMonth)}`,
        `${year}年${month}月${dayOfMonth}日`,
      ])
        expect(parseDate(text)).toBe(day)
    }),
  )
})
