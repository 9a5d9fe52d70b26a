import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDeadline } from '../../../src/server/admission/deadline.ts'
import { StoreAway } from '../../../src/server/store/store.ts'
import { testClock } from '../kit/clock.ts'

const never = new Promise<never>(() => undefined)

describe('a deadline', () => {
  it('gives up on each that is not done in its time, and on no other, however many wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 3000 }), fc.nat({ max: 8000 })), { maxLength: 12 }), async (all) => {
        const clock = testClock()
        const deadline = createDeadline(clock)
        const ended: Promise<{ took: number; late: boolean }>[] = []
        for (const [apart, takes] of all) {
          await clock.pass(apart)
          const begun = clock.now()
          const over = (late: boolean) => ({ took: clock.now() - begun, late })
          ended.push(
            deadline.keep(clock.sleep(takes)).then(
              () => over(false),
              () => over(true),
            ),
          )
        }
        await clock.pass(10_000)
        const expected = all.map(([, takes]) => ({ took: Math.min(takes, 4900), late: takes > 4900 }))
        // Who is done in the very last moment may be told so, or not.
        const isEdge = (index: number) => all[index]?.[1] === 4900
        expect((await Promise.all(ended)).filter((_, index) => !isEdge(index))).toEqual(expected.filter((_, index) => !isEdge(index)))
      }),
      { numRuns: 20 },
    )
  })

  it('says that it is the store, and what went wrong in time as it was', async () => {
    const clock = testClock()
    const deadline = createDeadline(clock)
    const late = deadline.keep(never)
    const wrong = expect(deadline.keep(Promise.reject(new RangeError('ours')))).rejects.toThrow(RangeError)
    const told = expect(late).rejects.toThrow(StoreAway)
    await clock.pass(4900)
    await Promise.all([told, wrong])
  })

  it('waits for nobody longer when the clock is set back', async () => {
    const clock = testClock()
    const deadline = createDeadline(clock)
    const before = expect(deadline.keep(never)).rejects.toThrow(StoreAway)
    await clock.pass(10)
    clock.jump(-86_400_000)
    const after = expect(deadline.keep(never)).rejects.toThrow(StoreAway)
    // A timer that runs counts on as it was set.
    await clock.pass(86_400_000 + 4900)
    await Promise.all([before, after])
  })
})
