import type { Dexie } from 'dexie'
import { watchable, type Watchable } from '../domain/index.ts'
import { createDatabase, inTransaction } from './database.ts'
import type { Environment } from './environment.ts'
import { classify, WalletError, type WalletFault } from './fault.ts'
import { prepareSettings } from './settings.ts'
import { versions } from './versions/index.ts'
import type { WalletState } from './wallet.ts'

/** The open database, reopened when the browser lost it. */
export interface Handle {
  readonly state: Watchable<WalletState>
  /** Runs an operation; when the connection was lost under it, runs it again on a new handle. @throws WalletError */
  run<T>(operation: (db: Dexie) => PromiseLike<T>, how: { readonly writes: boolean }): Promise<T>
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
/** Dexie multiplies version numbers by this. */
const dexieFactor = 10

export function createHandle(environment: Environment, name: string): Handle {
  const state = watchable<WalletState>('open')
  const reopened = watchable(0)
  let opening: Promise<Dexie> | null = null
  let closed = false

  function current(): Promise<Dexie> {
    if (opening !== null) return opening
    if (closed || state.value === 'outdated') return Promise.reject(new WalletError('outdated'))
    const mine = openDatabase(environment, name, (because) => {
      forget(mine)
      // A newer tab upgrades: this one must reload. Or somebody deleted the database: the next operation starts anew.
      if (because === 'upgrade') state.set('outdated')
      else reopened.set(reopened.value + 1)
    })
    opening = mine
    return mine
  }

  function forget(handle: Promise<Dexie>): void {
    if (opening === handle) opening = null
    handle.then(
      (db) => db.close(),
      () => undefined,
    )
  }

  return {
    state,
    onReopened: (listener) => reopened.subscribe(listener),
    async run(operation, { writes }) {
      for (let attempt = 1; ; attempt++) {
        const handle = current()
        try {
          const result = await operation(await handle)
          // Reading works on a full device too and says nothing about it.
          if (writes || state.value !== 'full') state.set('open')
          return result
        } catch (error) {
          const failure = classify(error)
          if (failure.is === 'other') throw error
          if (failure.is === 'lost' || failure.fault !== 'full') forget(handle)
          if (failure.is === 'lost' && attempt < tries) continue
          const fault: WalletFault = failure.is === 'lost' ? 'unavailable' : failure.fault
          if (state.value !== 'outdated') state.set(fault)
          throw new WalletError(fault, error)
        }
      }
    },
    async destroy() {
      if (opening !== null) forget(opening)
      await createDatabase(environment, name).delete()
      reopened.set(reopened.value + 1)
    },
    close() {
      closed = true
      if (opening !== null) forget(opening)
    },
  }
}

/** Opens the database. @throws WalletError when another tab blocks it, a newer app wrote it, or the browser does not answer. */
function openDatabase(environment: Environment, name: string, letGo: (because: 'upgrade' | 'closed') => void): Promise<Dexie> {
  const db = createDatabase(environment, name)
  let isOurs = true
  /** Once: closing it tells of itself again. */
  const release = (because: 'upgrade' | 'closed') => {
    if (!isOurs) return
    isOurs = false
    letGo(because)
  }
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
    db.on('versionchange', (event) => release(event.newVersion === null ? 'closed' : 'upgrade'))
    db.on('close', () => release('closed'))
    const prepare = async () => {
      await db.open()
      // Dexie opens what a newer app wrote; this one would misread it.
      if (db.backendDB().version > versions.length * dexieFactor) throw new WalletError('newer')
      await inTransaction(db, 'rw', (tables) => prepareSettings(tables, environment.random))
    }
    prepare().then(() => {
      settled()
      resolve(db)
    }, fail)
  })
}
