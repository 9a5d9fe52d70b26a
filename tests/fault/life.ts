import { IDBCursor, IDBDatabase, IDBIndex, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { createChannels, type Channels } from '../../src/channels/index.ts'
import { openWallet, type Environment, type Wallet } from '../../src/wallet/index.ts'
import { seededRandom } from '../fixtures/device.ts'
import type { ManualClock } from '../fixtures/clock.ts'
import type { fakeGateway } from '../fixtures/gateway.ts'
import type { fakeLocks } from '../fixtures/locks.ts'

/** What survives a kill: the disk, the browser's locks, the time, and the gateway far away. */
export interface World {
  readonly disk: IDBFactory
  readonly locks: ReturnType<typeof fakeLocks>
  readonly clock: ManualClock
  readonly gateway: ReturnType<typeof fakeGateway>
}

/** One process of the app, from its start to its kill. */
export interface Life extends Environment {
  readonly wallet: Wallet
  readonly channels: Channels
  /** Edges crossed so far: database requests and their results, network calls and their replies, locks, timers. */
  readonly edges: () => number
  /** Runs work of this process; rejects with {@link Killed} as soon as the process is dead, whatever the work still does. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
}

/** The process was killed. */
export class Killed extends Error {}

/** What happens to the edges of one process. A killed one crosses none any more: its open transactions are gone, its locks free. */
class Mortal {
  crossed = 0
  alive = true
  readonly died: Promise<never>
  readonly transactions = new Set<IDBTransaction>()
  readonly connections = new Set<IDBDatabase>()
  /** What this process has in this realm, which a real kill takes away: Dexie keeps lists of what is open. */
  readonly realm = new Set<() => void>()
  readonly killAt: number
  #reject: (error: Killed) => void = () => {}

  constructor(killAt: number) {
    this.killAt = killAt
    this.died = new Promise((_, reject) => (this.#reject = reject))
    this.died.catch(() => undefined)
  }

  /** @throws Killed when this was the edge, or the process is dead already. */
  cross(): void {
    if (this.alive && ++this.crossed === this.killAt) this.kill()
    if (!this.alive) throw new Killed()
  }

  kill(): void {
    this.alive = false
    for (const transaction of this.transactions) quietly(() => transaction.abort())
    for (const connection of this.connections) quietly(() => connection.close())
    for (const leave of this.realm) quietly(leave)
    this.#reject(new Killed())
  }
}

const owners = new WeakMap<IDBDatabase, Mortal>()

/** Starts a process on a world. `killAt` 0: it lives as long as it likes. */
export async function begin(world: World, { killAt = 0, seed = 1 }: { killAt?: number; seed?: number } = {}): Promise<Life> {
  const mortal = new Mortal(killAt)
  const run = <T>(work: () => Promise<T>) => Promise.race([mortal.died, Promise.resolve().then(work)])
  const environment: Environment = {
    indexedDB: diskOf(world.disk, mortal),
    IDBKeyRange,
    random: seededRandom(seed),
    digest: (bytes) => crypto.subtle.digest('SHA-256', bytes),
    persist: async () => true,
    locks: locksOf(world.locks, mortal),
    clock: {
      now: world.clock.now,
      after: (milliseconds, ring) =>
        world.clock.after(milliseconds, () => {
          if (quietly(() => mortal.cross())) ring()
        }),
    },
  }
  const wallet = await run(() => openWallet(environment))
  mortal.realm.add(wallet.close)
  const channels = createChannels({
    fetch: async (url, init) => {
      mortal.cross()
      const response = await world.gateway.fetch(url, init)
      mortal.cross()
      return response
    },
    clock: environment.clock,
    random: environment.random,
    origins: ['https://gateway.test'],
    deviceId: async () => 'device',
    onLine: () => true,
  })
  return { ...environment, wallet, channels, edges: () => mortal.crossed, run }
}

function diskOf(disk: IDBFactory, mortal: Mortal): IDBFactory {
  const open = (name: string, version?: number) => {
    // Nobody answers a dead process: its retries would only cost time.
    if (!quietly(() => mortal.cross())) return new EventTarget()
    const request = disk.open(name, version)
    const own = () => {
      owners.set(request.result, mortal)
      mortal.connections.add(request.result)
      if (request.transaction) mortal.transactions.add(request.transaction)
      quietly(() => mortal.cross())
    }
    request.addEventListener('upgradeneeded', own)
    request.addEventListener('success', own)
    return request
  }
  const wrapped = { open, deleteDatabase: disk.deleteDatabase.bind(disk), cmp: disk.cmp.bind(disk), databases: disk.databases.bind(disk) }
  return wrapped as unknown as IDBFactory
}

function locksOf(locks: ReturnType<typeof fakeLocks>, mortal: Mortal): NonNullable<Environment['locks']> {
  const request = async (name: string, options: LockOptions, work: () => Promise<unknown>) => {
    mortal.cross()
    return locks.request(name, options, () => {
      mortal.cross()
      // The browser frees the lock of a killed process.
      return Promise.race([mortal.died, work()])
    })
  }
  return { request } as unknown as NonNullable<Environment['locks']>
}

type Method = (this: object, ...args: unknown[]) => unknown

const watched: readonly [object, readonly string[]][] = [
  [IDBDatabase.prototype, ['transaction']],
  [IDBObjectStore.prototype, ['put', 'add', 'delete', 'clear', 'get', 'getAll', 'getAllKeys', 'count', 'openCursor']],
  [IDBIndex.prototype, ['get', 'getAll', 'getAllKeys', 'count', 'openCursor', 'openKeyCursor']],
  [IDBCursor.prototype, ['update', 'delete', 'continue']],
]

/** Makes every database request, and the arrival of its result, an edge. Returns the end of it. */
export function watchDisk(): () => void {
  const restores = watched.flatMap(([prototype, names]) =>
    names.map((name) => {
      const own = prototype as Record<string, Method>
      const original = own[name] as Method
      own[name] = function (...args) {
        const mortal = owners.get(databaseOf(this))
        mortal?.cross()
        const result = original.apply(this, args)
        if (mortal) watchResult(mortal, result)
        return result
      }
      return () => (own[name] = original)
    }),
  )
  return () => restores.forEach((restore) => restore())
}

function watchResult(mortal: Mortal, result: unknown): void {
  if (typeof result !== 'object' || result === null) return
  if ('objectStoreNames' in result) {
    const transaction = result as IDBTransaction
    mortal.transactions.add(transaction)
    for (const end of ['complete', 'abort'] as const) transaction.addEventListener(end, () => mortal.transactions.delete(transaction))
  } else if ('readyState' in result) {
    // A kill between a result and the commit takes the whole transaction with it.
    const arrived = () => void quietly(() => mortal.cross())
    ;(result as IDBRequest).addEventListener('success', arrived)
  }
}

function databaseOf(target: object): IDBDatabase {
  const { objectStoreNames, transaction, objectStore, source, db } = target as Record<string, unknown> & { db?: IDBDatabase }
  if (db !== undefined) return db
  if (objectStoreNames !== undefined) return target as IDBDatabase
  return databaseOf((typeof transaction === 'object' && transaction !== null ? transaction : (objectStore ?? source)) as object)
}

/** False when it threw. */
function quietly(act: () => void): boolean {
  try {
    act()
    return true
  } catch {
    return false
  }
}
