import type { Instant } from '../domain/index.ts'

/** Time as the gateway sees it. Passed in everywhere, so that tests own it. */
export interface Clock {
  now(): Instant
  /** Resolves after `ms` milliseconds, or early when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Something took longer than it may. */
export class TimeoutError extends Error {}

/**
 * Runs `work` for at most `ms` milliseconds; then its signal aborts.
 * @throws {TimeoutError} when the time is over, whether or not `work` heeds its signal.
 */
export async function withTimeout<T>(clock: Clock, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const timeout = new AbortController()
  const done = new AbortController()
  const late = new Promise<never>((_, reject) => {
    void clock.sleep(ms, done.signal).then(() => {
      if (done.signal.aborted) return
      timeout.abort()
      reject(new TimeoutError(`no answer within ${ms} ms`))
    })
  })
  try {
    return await Promise.race([work(timeout.signal), late])
  } finally {
    // With a reason of its own: nobody looks at it, and an error with its stack costs more than all the rest here.
    done.abort(null)
  }
}
