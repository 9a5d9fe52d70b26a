import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createForgetful } from '../../../src/server/admission/forgetful.ts'

const minute = 60_000
const hour = 60 * minute

describe('what is remembered of who came lately', () => {
  afterEach(() => void vi.restoreAllMocks())

  it('is at most a fifth more than it may be, nothing that is too old, and everything else', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 30 * minute })), { maxLength: 200 }), (uses) => {
        const [most, longestMs] = [10, 2 * hour]
        const memory = createForgetful<number>({ most, longestMs })
        const last = new Map<string, number>()
        let now = 0
        for (const [key, apart] of uses) {
          now += apart
          memory.use(`${key}`, now, now)
          last.delete(`${key}`)
          last.set(`${key}`, now)
          expect(memory.size).toBeLessThanOrEqual(1.2 * most)
          const ages = [...last].reverse()
          ages.forEach(([name, at], rank) => {
            if (now - at > longestMs + minute) expect(memory.get(name)).toBeUndefined()
            else if (rank < most && now - at < longestMs) expect(memory.get(name)).toBe(at)
          })
        }
      }),
    )
  })

  it('holds on to who is inside, however long ago they came', () => {
    const memory = createForgetful<boolean>({ most: 5, longestMs: hour, isHeld: (isInside) => isInside })
    memory.use('inside', true, 0)
    for (let count = 0; count < 100; count++) memory.use(`${count}`, false, 2 * hour + count)
    expect(memory.get('inside')).toBe(true)
  })

  it('is not looked through for every one who comes: a map takes long to find its first, when there were others before', () => {
    const memory = createForgetful<null>({ most: 1000, longestMs: hour })
    for (let count = 0; count < 1000; count++) memory.use(`${count}`, null, count)
    const looks = vi.spyOn(Map.prototype, Symbol.iterator)
    for (let count = 1000; count < 5000; count++) memory.use(`${count}`, null, count)
    expect(looks.mock.calls.length).toBeLessThanOrEqual(20)
  })
})
