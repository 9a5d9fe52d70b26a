import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drain, startDraining } from '../../src/outbox/index.ts'
import { connectivityWait, isDue, nextWake, rowWait, serverWait } from '../../src/outbox/retry.ts'
import type { Query } from '../../src/wallet/index.ts'
import { captureMany, makeDevice, rowsOf } from '../fixtures/device.ts'

/** R6: clock jumps neither expire anything nor make a tight loop. */

const hour = 3_600_000
const jumps = [-hour, hour, -24 * hour, 24 * hour, 87_600 * hour, -87_600 * hour]
const noEvents = { onChange: () => () => {}, visible: () => true }

test.each(jumps)('after a jump of %d ms every question is still there and is answered', async (jump) => {
  const device = await makeDevice()
  await captureMany(device, 5)
  device.gateway.say = () => ({ say: 'park', retryAfter: 600 })
  await drain(device)
  device.clock.jump(jump)
  expect(await rowsOf(device)).toHaveLength(5)
  device.gateway.resume()
  device.gateway.say = () => ({ say: 'answer' })
  await device.clock.pass(700_000)
  expect((await drain(device)).settled).toBe(5)
})

test.each(jumps)('draining by itself through a jump of %d ms sends a few requests, not thousands', async (jump) => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'park', retryAfter: 600 })
  await captureMany(device, 5)
  const { stop } = startDraining({ ...device, events: noEvents })
  await device.clock.pass(60_000)
  device.clock.jump(jump)
  await device.clock.pass(2 * hour)
  stop()
  expect(await rowsOf(device)).toHaveLength(5)
  expect(device.gateway.posts().length).toBeGreaterThan(3)
  expect(device.gateway.posts().length).toBeLessThan(30)
})

test.each(jumps)('a hold survives a jump of %d ms as a wait of ordinary length', async (jump) => {
  const device = await makeDevice()
  await captureMany(device, 1)
  device.gateway.network = () => Promise.reject(new TypeError('failed to fetch'))
  const { stop } = startDraining({ ...device, events: noEvents })
  await device.clock.pass(30_000)
  device.clock.jump(jump)
  device.gateway.network = () => undefined
  await device.clock.pass(hour)
  stop()
  expect(await rowsOf(device)).toEqual([])
})

const instant = fc.integer({ min: 0, max: 4e12 })
const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

test('every wait is between a moment and a day, whatever a gateway says', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.double(), fc.constant(null), fc.integer()),
      chance,
      fc.integer({ min: 1, max: 1e6 }),
      (retryAfter, luck, count) => {
        for (const wait of [serverWait(retryAfter, luck), connectivityWait(count, luck), rowWait(count, luck)]) {
          expect(wait).toBeGreaterThanOrEqual(2000)
          expect(wait).toBeLessThanOrEqual(24 * hour)
        }
      },
    ),
  )
})

test('no clock makes a row wait longer than two days of real time', () => {
  fc.assert(
    fc.property(instant, instant, instant, fc.constantFrom('queued', 'parked'), (setAt, nextAt, now, state) => {
      const row = { state, nextAt, setAt, attempts: 0 } as unknown as Query
      const wake = nextWake([row], null, now)
      expect(wake).not.toBeNull()
      expect(wake).toBeLessThanOrEqual(48 * hour + 60_000)
      expect(isDue(row, now)).toBe(wake === 0)
    }),
  )
})
