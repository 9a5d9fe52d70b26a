import type { OutboxDeps } from './drain.ts'
import { stalled } from './retry.ts'

const lockName = 'piaozai-drain'
/** How often somebody who waits for the lock looks whether its holder makes progress, in milliseconds. */
const lookEvery = 15_000

/**
 * Runs the work while holding the drain's lock, which tabs and worker share. Waits for its turn; a holder without a heartbeat for two minutes
 * (a frozen page) loses it. Rejects with the browser's `AbortError` when this holder is the one that lost it.
 */
export async function withLock<T>(deps: Pick<OutboxDeps, 'locks' | 'clock' | 'wallet'>, work: () => Promise<T>): Promise<T> {
  const { locks, clock, wallet } = deps
  // Without Web Locks two tabs may send the same row; its id makes that harmless.
  if (locks === null) return work()

  const giveUp = new AbortController()
  let stopTimer = () => {}
  let held = false
  let waited = 0
  let lastBeat: number | null = null
  const look = () => {
    stopTimer = clock.after(lookEvery, async () => {
      const beatAt = await wallet.drainState().then(
        (state) => state.beatAt,
        () => lastBeat,
      )
      if (held) return
      waited = beatAt === lastBeat ? waited + lookEvery : 0
      lastBeat = beatAt
      // By the wall clock, or by our own patience where that clock was set back.
      if (clock.now() - (beatAt ?? 0) > stalled || waited >= stalled) giveUp.abort()
      else look()
    })
  }
  look()
  const start = () => {
    held = true
    stopTimer()
    const working = work()
    // Nobody listens to it any more once the lock is stolen.
    working.catch(() => undefined)
    return working
  }
  try {
    return (await locks.request(lockName, { signal: giveUp.signal }, start)) as T
  } catch (error) {
    if (held || !giveUp.signal.aborted) throw error
    return (await locks.request(lockName, { steal: true }, start)) as T
  } finally {
    stopTimer()
  }
}
