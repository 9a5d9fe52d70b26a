import type { Clock } from '../../../src/server/index.ts'

/** Time that passes only when a test says so. */
export interface TestClock extends Clock {
  /** Lets `ms` milliseconds pass, waking sleepers one after the other, and everything they start settle in between. */
  pass(ms: number): Promise<void>
  /** Lets `ms` milliseconds pass at once, as when a machine was asleep; then everything that is due happens once. */
  leap(ms: number): Promise<void>
  /** Sets the clock forward and does nothing else; for what only looks at it. */
  jump(ms: number): void
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

export function testClock(startsAt = '2026-11-24T02:00:00Z'): TestClock {
  let now = Date.parse(startsAt)
  const sleepers = new Set<Sleeper>()

  const clock: TestClock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { at: now + ms, wake: () => void (sleepers.delete(sleeper), resolve()) }
        if (signal?.aborted) return resolve()
        signal?.addEventListener('abort', sleeper.wake, { once: true })
        sleepers.add(sleeper)
      }),
    async pass(ms) {
      const until = now + ms
      await settled()
      for (;;) {
        const next = [...sleepers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        now = Math.max(now, next.at)
        next.wake()
        await settled()
      }
      now = until
    },
    jump: (ms) => void (now += ms),
    async leap(ms) {
      now += ms
      await clock.pass(10)
    },
  }
  return clock
}

/** Everything that needs no time has happened: commits run in `setImmediate`, and a chain of them may follow one another; files are real and slower. */
export async function settled(): Promise<void> {
  for (let quiet = 0; quiet < 25; quiet++) {
    await new Promise((resolve) => setImmediate(resolve))
    if (process.getActiveResourcesInfo().some((one) => one.startsWith('FSReq'))) quiet = 0
  }
}
