import type { Clock, FillRandom } from '../domain/index.ts'

/** Everything the device rooms need from the platform. Tests pass their own; nothing else in these rooms touches a global. */
export interface Environment {
  readonly indexedDB: IDBFactory
  readonly IDBKeyRange: typeof IDBKeyRange
  readonly clock: Clock
  readonly random: FillRandom
  /** SHA-256. */
  readonly digest: (bytes: ArrayBuffer) => Promise<ArrayBuffer>
  /** Asks the browser not to evict the wallet. */
  readonly persist: () => Promise<boolean>
  /** Web Locks; null where the browser or an insecure origin has none. */
  readonly locks: Pick<LockManager, 'request'> | null
}

/** The platform of the page or worker we run in. */
export function environment(): Environment {
  return {
    indexedDB,
    IDBKeyRange,
    clock: {
      // eslint-disable-next-line no-restricted-properties -- here is where the clock comes from
      now: () => Date.now(),
      after(milliseconds, run) {
        const timer = setTimeout(run, milliseconds)
        return () => clearTimeout(timer)
      },
    },
    // eslint-disable-next-line no-restricted-properties -- here is where chance comes from
    random: (bytes) => crypto.getRandomValues(bytes),
    digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
    // A worker may not ask; it has no such function.
    persist: async () => (await (navigator.storage as Partial<{ persist(): Promise<boolean> }> | undefined)?.persist?.()) ?? false,
    locks: navigator.locks ?? null,
  }
}
