import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { addDays, dateAt, daysBetween, instantOn, isCalendarDate, nextMorning, yearsBefore } from '../../src/domain/index.ts'
import { date, instant } from './arbitrary.ts'

const zone = process.env['TZ']
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
const modern = instant.filter((at) => at >= Date.UTC(1994, 0, 1))

describe.each(['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Australia/Lord_Howe'])(
  'on a device set to %s',
  (tz) => {
    const inZone = <T>(run: () => T): T => {
      process.env['TZ'] = tz
      return run()
    }

    test('the device really is in that zone', () => {
      expect(inZone(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe(tz)
    })

    test('today is the date in Shanghai', () => {
      inZone(() => fc.assert(fc.property(modern, (at) => dateAt(at) === shanghai.format(at))))
    })

    test('midnight in Shanghai is the first moment of its date', () => {
      inZone(() => fc.assert(fc.property(date, (day) => dateAt(instantOn(day)) === day && dateAt(instantOn(day) - 1) === addDays(day, -1))))
    })

    test('days are counted on the calendar', () => {
      inZone(() =>
        fc.assert(
          fc.property(date, fc.integer({ min: -4000, max: 4000 }), (day, count) => daysBetween(day, addDays(day, count)) === count),
        ),
      )
    })

    test('T+1 is 08:30 in Shanghai on the next day, always later and at most 32.5 hours away', () => {
      inZone(() =>
        fc.assert(
          fc.property(modern, (at) => {
            const wait = nextMorning(at) - at
            expect(dateAt(nextMorning(at))).toBe(addDays(dateAt(at), 1))
            expect(new Date(nextMorning(at)).toISOString()).toContain('T00:30:00.000Z')
            expect(wait).toBeGreaterThan(0)
            expect(wait).toBeLessThanOrEqual(32.5 * 3_600_000)
          }),
        ),
      )
    })
  },
)

test('five years before 29 February is 28 February', () => {
  expect(yearsBefore('2024-02-29', 5)).toBe('2019-02-28')
  expect(yearsBefore('2024-02-29', 4)).toBe('2020-02-29')
})

test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-1', '20260401', '2026-04-01T00:00', ''])(
  '%s is no date',
  (text) => {
    expect(isCalendarDate(text)).toBe(false)
  },
)
