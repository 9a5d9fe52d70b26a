import type { Clock } from '../clock.ts'
import { faultOf, type Logger } from '../log.ts'
import type { Store } from '../store/store.ts'

const hour = 3_600_000
const day = 24 * hour

/** Rows of a kind that are removed at a time: requests are answered in between. */
const slice = 500

/** Removes what may no longer be kept: collected answers after 30 days, uncollected ones after 400. Queries that wait stay. */
export async function purge(store: Store, now: number, isStopping: () => boolean): Promise<void> {
  const before = { collected: now - 30 * day, uncollected: now - 400 * day, answers: now - 2 * day, calls: now - 7 * day }
  while (!isStopping() && (await store.purge(before, slice)) > 0);
  await store.forget({ tries: now - 2 * day, words: now - 2 * day })
}

/** Purges at once and then every hour. @returns what stops it. */
export function startPurging(store: Store, clock: Clock, log: Logger): () => Promise<void> {
  const stopping = new AbortController()
  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await purge(store, clock.now(), () => stopping.signal.aborted).catch((error: unknown) =>
        log.error(faultOf(error), 'old answers could not be removed'),
      )
      await clock.sleep(hour, stopping.signal)
    }
  }
  const running = loop()
  return async () => {
    stopping.abort()
    await running
  }
}
