import { Dexie } from 'dexie'

/**
 * Shares one read of everything among all who ask for it at the same time (a list and a badge, at every start), as long as nothing was written
 * since it began. `wrote` is called around every write of this wallet; what other tabs commit is heard from Dexie.
 */
export function sharedRead<T>(read: () => Promise<T>): {
  readonly read: () => Promise<T>
  readonly wrote: () => void
  readonly end: () => void
} {
  let flying: Promise<T> | null = null
  const wrote = () => {
    flying = null
  }
  Dexie.on('storagemutated', wrote)
  return {
    wrote,
    end: () => Dexie.on.storagemutated.unsubscribe(wrote),
    read() {
      if (flying !== null) return flying
      const mine = read().finally(() => {
        if (flying === mine) flying = null
      })
      flying = mine
      return mine
    },
  }
}
