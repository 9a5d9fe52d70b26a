import { Dexie } from 'dexie'
import type { Clock } from '../domain/index.ts'
import { concerns } from './changes.ts'
import type { Handle } from './handle.ts'
import type { Watched } from './wallet.ts'

/** A run that took longer than this, in milliseconds, is followed by a rest as long as itself. */
const cheap = 32

/**
 * Runs a read now and again after every commit to this database, in whatever tab or worker. Built on Dexie's commit event rather than its
 * `liveQuery`, which loses track of what was read when the handle is replaced under it. One run at a time; commits during a run mean one more.
 */
export function watchReads<T>(handle: Handle, clock: Clock, name: string, read: () => Promise<T>): Watched<T> {
  return {
    subscribe(next, error) {
      let running = false
      let dirty = false
      let ended = false

      async function run(): Promise<void> {
        if (ended) return
        if (running) {
          dirty = true
          return
        }
        running = true
        dirty = false
        const started = clock.now()
        try {
          const value = await read()
          if (!ended) next(value)
        } catch (caught) {
          if (!ended) error?.(caught)
        }
        const took = clock.now() - started
        const again = () => {
          running = false
          if (dirty) void run()
        }
        if (took > cheap) clock.after(Math.min(took, 1000), again)
        else again()
      }

      const onCommit = (parts: object) => {
        if (concerns(parts, name)) void run()
      }
      Dexie.on('storagemutated', onCommit)
      // Calls back at once, which is the first run.
      const stopReopened = handle.onReopened(() => void run())
      return {
        unsubscribe() {
          ended = true
          Dexie.on.storagemutated.unsubscribe(onCommit)
          stopReopened()
        },
      }
    },
  }
}
