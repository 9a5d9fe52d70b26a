import type { Clock } from '../clock.ts'
import { StoreAway } from '../store/store.ts'

/** Lets nobody wait for a store that does not answer. */
export interface Deadline {
  /**
   * What `work` comes to.
   * @throws {StoreAway} when that takes too long; it goes on, and nobody hears of it. Sources are given up earlier.
   */
  keep<T>(work: Promise<T>): Promise<T>
  stop(): void
}

/** Milliseconds within which whoever asks is told something: less than the five seconds that they are promised. */
const longestMs = 4900

interface Waiting {
  readonly until: number
  readonly giveUp: () => void
}

/** All wait equally long, so whoever came first is the first to be late: one timer serves everybody. */
export function createDeadline(clock: Clock): Deadline {
  const all = new Set<Waiting>()
  const stopping = new AbortController()
  let isWatched = false

  async function watch(): Promise<void> {
    for (let [first] = all; first && !stopping.signal.aborted; [first] = all) {
      const left = first.until - clock.now()
      // One that is further away came before the clock was set back.
      if (left > 0 && left <= longestMs) await clock.sleep(left, stopping.signal)
      else first.giveUp()
    }
    isWatched = false
  }

  return {
    keep: (work) =>
      new Promise((resolve, reject) => {
        const one: Waiting = {
          until: clock.now() + longestMs,
          giveUp() {
            all.delete(one)
            reject(new StoreAway('the store did not answer in time'))
          },
        }
        all.add(one)
        if (!isWatched) {
          isWatched = true
          void watch()
        }
        work.then(
          (result) => {
            all.delete(one)
            resolve(result)
          },
          (error: Error) => {
            all.delete(one)
            reject(error)
          },
        )
      }),
    stop: () => stopping.abort(),
  }
}
