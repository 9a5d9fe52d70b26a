import { expect, test } from 'vitest'
import { virtualClock } from './clock.ts'

/** On a coarse grid much falls on the same instant: a device that left and came back must not come back first. */
test('what falls on the same instant happens in the order in which it was planned', async () => {
  const clock = virtualClock(0, 100)
  const happened: number[] = []
  const planned = Array.from({ length: 50 }, (_, nth) => nth)
  for (const nth of planned) clock.at(201 + (nth % 7), () => happened.push(nth))
  clock.at(100, () => happened.push(-1))
  await clock.run(() => happened.length === 51)
  expect(happened).toEqual([-1, ...planned])
  expect(clock.now()).toBe(300)
})
