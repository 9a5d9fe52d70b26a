import { watchable, type Watchable } from '../domain/index.ts'
import { createDatabase, type WalletDatabase } from './database.ts'
import type { Environment } from './environment.ts'
import { classify, WalletError, type WalletFault } from './fault.ts'
import { versions } from './versions/index.ts'
import type { WalletState } from './wallet.ts'

/** The open database, reopened when the browser lost it. */
export interface Handle {
  readonly state: Watchable<WalletState>
  /** Runs an operation; when the connection was lost under it, runs it again on a new handle. @throws WalletError */
  run<T>(operation: (db: WalletDatabase) => Promise<T>): Promise<T>
  /** Calls back after the database had to be opened anew: what was read before may be gone. */
  onReopened(listener: () => void): () => void
  /** Deletes the database; the next operation starts an empty one. */
  destroy(): Promise<void>
  close(): void
}

/** How long another tab may hold an older version before the person is told, and how long opening may take at all, in milliseconds. */
const blockedLimit = 1500
const openLimit = 10_000
const tries = 3

export function createHandle(environment: Environment, name: string): Handle {
  const state = watchable<WalletState>('open')
  const reopened = watchable(0)
  let opening: Promise<WalletDatabase> | null = null
  let closed = false

  function current(): Promise<WalletDatabase> {
    if (state.value === 'outdated' || closed) return Promise.reject(new WalletError('outdated'))
    opening ??= openDatabase(environment, name, letGo)
    return opening
  }

  /** A newer tab wants to upgrade (this one must reload), or somebody deletes the database (the next operation starts anew). */
  function letGo(db: WalletDatabase, because: 'upgrade' | 'closed'): void {
    forget(db)
    if (because === 'upgrade') state.set('outdated')
    else reopened.set(reopened.value + 1)
  }

  function forget(db: WalletDatabase | null): void {
    db?.close()
    opening = null
  }

  return {
    state,
    onReopened: (listener) => reopened.subscribe(listener),
    async run(operation) {
      for (let attempt = 1; ; attempt++) {
        let db: WalletDatabase | null = null
        try {
          db = await current()
          const result = await operation(db)
          state.set('open')
          return result
        } catch (error) {
          const failure = classify(error)
          if (failure.is === 'other') throw error
          if (db === null || failure.is === 'lost') forget(db)
          if (failure.is === 'lost' && attempt < tries) continue
          const fault: WalletFault = failure.is === 'lost' ? 'unavailable' : failure.fault
          state.set(fault)
          throw new WalletError(fault, error)
        }
      }
    },
    async destroy() {
      const db = await current().catch(() => null)
      forget(db)
      await (db ?? createDatabase(environment, name)).delete()
      reopened.set(reopened.value + 1)
    },
    close() {
      closed = true
      void opening?.then(
        (db) => db.close(),
        () => undefined,
      )
      opening = null
    },
  }
}

/** Opens the database. @throws WalletError when another tab blocks it, a newer app wrote it, or the browser does not answer. */
function openDatabase(
  environment: Environment,
  name: string,
  letGo: (db: WalletDatabase, because: 'upgrade' | 'closed') => void,
): Promise<WalletDatabase> {
  const db = createDatabase(environment, name)
  return new Promise((resolve, reject) => {
    const { clock } = environment
    let stopBlocked = () => {}
    const stopOpen = clock.after(openLimit, () => fail(new WalletError('unavailable')))
    const settled = () => {
      stopOpen()
      stopBlocked()
    }
    function fail(error: unknown): void {
      settled()
      db.close()
      reject(error)
    }
    db.on('blocked', () => {
      stopBlocked = clock.after(blockedLimit, () => fail(new WalletError('blocked')))
    })
    db.on('versionchange', (event) => letGo(db, event.newVersion === null ? 'closed' : 'upgrade'))
    db.on('close', () => letGo(db, 'closed'))
    db.open().then(() => {
      // Dexie opens what a newer app wrote; this one would misread it.
      if (db.verno > versions.length) return fail(new WalletError('newer'))
      settled()
      resolve(db)
    }, fail)
  })
}
