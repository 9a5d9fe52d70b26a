import { expect, it } from 'vitest'
import { apartMs, createTurns } from '../../../src/server/admission/turns.ts'
import { testClock } from '../kit/clock.ts'

it('a device’s questions that wait have their turns apart; others are between them', () => {
  const clock = testClock()
  const turns = createTurns()
  const now = clock.now()
  expect(turns.next('a', now)).toBe(now)
  turns.waits('a', now, 100)
  expect(turns.next('a', now)).toBe(now + 100 * apartMs)
  expect(turns.next('b', now + 1000)).toBe(now + 1000)
})

it('who comes much later comes after all of them, however many they were', () => {
  const clock = testClock()
  const turns = createTurns()
  const now = clock.now()
  turns.waits('a', now, 4)
  expect(turns.next('a', now + 5 * apartMs)).toBe(now + 5 * apartMs)
})

it('what was answered holds up nothing any more', () => {
  const clock = testClock()
  const turns = createTurns()
  turns.waits('a', clock.now(), 4)
  turns.clear('a')
  expect(turns.next('a', clock.now())).toBe(clock.now())
})
