import { createChannels } from '../channels/index.ts'
import { drain, syncTag } from '../outbox/index.ts'
import { openReference, useKeptWays } from '../reference/index.ts'
import { environment, openWallet } from '../wallet/index.ts'

/** Fired by Background Sync and Periodic Background Sync (WICG); TypeScript's own library has neither. */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/**
 * Drains the outbox with every page closed.
 * @throws when queries are left because nobody could be reached: the browser then tries again by itself.
 */
export async function drainInWorker(scope: ServiceWorkerGlobalScope): Promise<void> {
  const platform = environment()
  const wallet = await openWallet(platform)
  const reference = await openReference(platform)
  try {
    const channels = createChannels({
      ...platform,
      fetch: (url, init) => fetch(url, init),
      origins: [scope.location.origin],
      deviceId: async () => (await wallet.settings()).deviceId,
      onLine: () => scope.navigator.onLine,
    })
    await useKeptWays(reference, channels)
    const { stopped } = await drain({ ...platform, wallet, channels }, { eager: true })
    if (stopped === 'connectivity') throw new Error('nobody could be reached')
  } finally {
    reference.close()
    wallet.close()
  }
}

/** Browsers that have Background Sync wake the worker when the network is back. It is an accelerator; pages drain by themselves. */
export function drainOnSync(scope: ServiceWorkerGlobalScope): void {
  for (const type of ['sync', 'periodicsync'] as const) {
    scope.addEventListener(type, (event) => {
      const sync = event as SyncEvent
      if (sync.tag === syncTag) sync.waitUntil(drainInWorker(scope))
    })
  }
}
