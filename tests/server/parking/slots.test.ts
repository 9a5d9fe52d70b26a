import { expect, it } from 'vitest'
import { createEstimates } from '../../../src/server/parking/estimate.ts'
import { createSlots } from '../../../src/server/parking/slots.ts'
import type { Gate } from '../../../src/server/sources/gate.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { testClock } from '../kit/clock.ts'

it('no more than six tenths of what is taken in are told the same second, and nobody an earlier one', () => {
  const slots = createSlots(testClock(), 10)
  const given = Array.from({ length: 100 }, () => slots.book(30))
  const counts = new Map<number, number>()
  for (const second of given) counts.set(second, (counts.get(second) ?? 0) + 1)
  expect(Math.max(...counts.values())).toBe(6)
  expect(Math.min(...given)).toBe(30)
  expect(Math.max(...given)).toBe(30 + Math.ceil(100 / 6) - 1)
})

it('whoever books very many puts the others off by an hour at most', () => {
  const slots = createSlots(testClock(), 1)
  for (let count = 0; count < 5000; count++) slots.book(10)
  expect(slots.book(10)).toBe(3610)
})

const minute = 60_000
function line(state: 'up' | 'down', perSecond: number | null) {
  const clock = testClock('2026-11-24T02:00:00Z')
  const start = clock.now()
  const parts = [
    { turn: start, count: 600 },
    { turn: start + 10 * minute, count: 1200 },
  ]
  const gate = { source: { id: 'a' }, monitor: { health: () => ({ state }) }, perSecond: () => perSecond } as unknown as Gate
  const store = { line: () => Promise.resolve(parts) } as unknown as Store
  return { clock, start, estimates: createEstimates({ store, gates: [gate], clock }) }
}

it('how long a question waits is how many are before its turn, at the pace of the source, and a little more', async () => {
  const { estimates, start, clock } = line('up', 10)
  expect(await estimates.secondsUntil('a', start)).toBeCloseTo(2)
  expect(await estimates.secondsUntil('a', start + 5 * minute)).toBeCloseTo(60 * 1.03 + 2)
  expect(await estimates.secondsUntil('a', start + 10.5 * minute)).toBeCloseTo(120 * 1.03 + 2)
  await clock.pass(5000)
  expect(await estimates.secondsUntil('a', start + 5 * minute)).toBeCloseTo(60 * 1.03 + 2 - 5)
})

it('nobody knows while it is down, or how fast it is', async () => {
  for (const { estimates, start } of [line('down', 10), line('up', null)]) expect(await estimates.secondsUntil('a', start)).toBeNull()
})
