import type { Queue } from 'workbox-background-sync/Queue.js'
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { vi } from 'vitest'
import type { Elements } from '../../src/domain/index.ts'
import { toWireQuery } from '../../src/api/index.ts'
import { newId } from '../../src/wallet/index.ts'
import type { ManualClock } from '../fixtures/clock.ts'
import { seededRandom } from '../fixtures/device.ts'

/**
 * workbox-background-sync as it is, in a service worker as far as it needs one: `self`, its registration, IndexedDB, `fetch` and the time.
 * It takes these from the globals, so only a test file that has them to itself may load this.
 */

/** The waits after which Chrome tries a failed sync again; after the last one it gives up. */
const tries = [300_000, 900_000]
const origin = 'https://gateway.test/api/v1/queries'

interface SyncEvent extends Event {
  tag: string
  lastChance: boolean
  waitUntil: (work: Promise<unknown>) => void
}

export interface StockQueue {
  /** Posts the question as a page does whose worker has the stock queue: at once, and into the queue if the network fails. */
  readonly ask: (elements: Elements) => Promise<void>
  /** What the browser does when another request fails into the queue: it fires the sync anew. */
  readonly register: () => Promise<void>
  readonly size: () => Promise<number>
}

let queues = 0

/** A fresh browser with the stock queue in its worker. */
export async function makeStockQueue(
  clock: ManualClock,
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): Promise<StockQueue> {
  const worker = new EventTarget()
  let scheduled = false

  /** One sync event. Resolves true when the handler's work was done without an error. */
  async function fire(tag: string, lastChance: boolean): Promise<boolean> {
    const works: Promise<unknown>[] = []
    const event = Object.assign(new Event('sync'), { tag, lastChance, waitUntil: (work: Promise<unknown>) => void works.push(work) })
    vi.setSystemTime(clock.now())
    worker.dispatchEvent(event satisfies SyncEvent)
    return (await Promise.allSettled(works)).every(({ status }) => status === 'fulfilled')
  }

  async function attempt(tag: string, at: number): Promise<void> {
    const wait = tries[at]
    const done = await fire(tag, wait === undefined)
    if (done || wait === undefined) scheduled = false
    else clock.after(wait, () => void attempt(tag, at + 1))
  }

  const sync = {
    async register(tag: string): Promise<void> {
      if (scheduled) return
      scheduled = true
      clock.after(0, () => void attempt(tag, 0))
    },
  }
  // As it is built for people: no assertions, no log.
  vi.stubEnv('NODE_ENV', 'production')
  vi.stubGlobal('self', Object.assign(worker, { registration: { sync } }))
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('fetch', async (request: Request) => fetch(request.url, { method: request.method, body: await request.text() }))
  const { BackgroundSyncPlugin } = await import('workbox-background-sync/BackgroundSyncPlugin.js')
  const name = `queries-${++queues}`
  const plugin = new BackgroundSyncPlugin(name) as unknown as {
    fetchDidFail: (failed: { request: Request }) => Promise<void>
    _queue: InstanceType<typeof Queue>
  }

  return {
    async ask(elements) {
      vi.setSystemTime(clock.now())
      // The stock queue knows no ids: what it replays is the request as it was. The gateway below gives each request one.
      const body = JSON.stringify({ queries: [toWireQuery('', elements)] })
      const request = new Request(origin, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
      // As a network-only strategy with the plugin does.
      try {
        await globalThis.fetch(request.clone())
      } catch {
        await plugin.fetchDidFail({ request })
      }
    },
    register: () => sync.register(`workbox-background-sync:${name}`),
    size: () => plugin._queue.size(),
  }
}

/** The same gateway for whoever has no idempotency keys: each request is a new question. */
export function withoutKeys(clock: ManualClock, fetch: (url: string, init: RequestInit) => Promise<Response>, seed: number) {
  const random = seededRandom(seed)
  return (url: string, init: RequestInit) => {
    const { queries } = JSON.parse(String(init.body)) as { queries: object[] }
    return fetch(url, { ...init, body: JSON.stringify({ queries: queries.map((one) => ({ ...one, id: newId(clock.now(), random) })) }) })
  }
}
