import { afterAll, beforeAll, expect, test } from 'vitest'
import { edgesOf, killedAt, type Deed } from './day.ts'
import { watchDisk } from './life.ts'

let restore = () => {}
beforeAll(() => {
  restore = watchDisk()
})
afterAll(() => restore())

const day: readonly Deed[] = [
  { count: 1, incomplete: false },
  { count: 2, incomplete: true },
  { count: 3, incomplete: false },
]
const short: readonly Deed[] = [{ count: 1, incomplete: false }]

test('a kill at any edge of capture, completion, drain and settling loses nothing and doubles nothing', async () => {
  const edges = await edgesOf(day, [3])
  expect(edges).toBeGreaterThan(100)
  for (let k = 1; k <= edges; k++) expect([k, await killedAt(day, [3], [k])]).toEqual([k, []])
  console.log(`R1: killed at each of ${edges} edges: 0 lost, 0 doubled`)
}, 120_000)

test('a second kill at any edge of the life after the first loses nothing either', async () => {
  const edges = await edgesOf(short, [])
  expect(edges).toBeGreaterThan(40)
  for (let first = 1; first <= edges; first++) {
    for (let second = 1; second <= edges; second++) {
      expect([first, second, await killedAt(short, [], [first, second])]).toEqual([first, second, []])
    }
  }
  console.log(`R1: killed at all ${edges ** 2} pairs of edges: 0 lost, 0 doubled`)
}, 1_200_000)
