import { describe, expect, test } from 'vitest'
import { liveThrough } from './outages.ts'

/** R3: what devices ask of a real gateway in a long time of outages is answered, and nothing of it is given up without a word. */

const isLong = Boolean(process.env['PIAOZAI_TEST_LONG'])
const fresh = Number(process.env['PIAOZAI_SEED'] ?? Date.now() % 1e9)

const size = isLong ? { devices: 100, days: 30, each: 12 } : { devices: 6, days: 4, each: 4 }

describe.each([20_261_124, fresh])('seed %i', (seed) => {
  test(
    'days of outages of everybody: every question is answered, none waits while somebody could answer it',
    { timeout: 3_600_000 },
    async () => {
      const lived = await liveThrough({ ...size, seed, dark: false, stops: { every: 2.3, awhile: 0.05 } })
      expect(lived).toMatchObject({ asked: size.devices * size.each, unanswered: 0, refused: 0, askedTwice: 0 })
      expect(lived.restarts).toBeGreaterThan(0)
      // A second look and a morning take a day, and a night with it.
      expect(lived.longestInVain).toBeLessThan(40)
    },
  )
})

test('an outage of a year: nothing is expired, all is answered when it ends', { timeout: 3_600_000 }, async () => {
  // In the short run the gateway is there on one day in five.
  const stops = isLong ? { every: 60, awhile: 0.1 } : { every: 7, awhile: 5.7 }
  const lived = await liveThrough({ devices: isLong ? 100 : 4, days: 365, each: 3, seed: 365, dark: true, stops })
  expect(lived).toMatchObject({ asked: isLong ? 300 : 12, unanswered: 0, refused: 0, askedTwice: 0 })
  expect(lived.restarts).toBeGreaterThan(4)
  expect(lived.longestInVain).toBeLessThan(40)
})
