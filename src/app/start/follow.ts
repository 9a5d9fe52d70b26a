import { startProbing } from '../../channels/index.ts'
import { startDraining, type OutboxDeps, type SyncRegistration } from '../../outbox/index.ts'
import { keepStatus, openReference } from '../../reference/index.ts'
import type { Environment } from '../../wallet/index.ts'
import { pageEvents } from './page-events.ts'

/**
 * Begins what goes on by itself while the page is open: draining, probing, keeping the status for offline. A chunk of its own,
 * because nobody waits for it.
 * @returns what drains at once, for a tap.
 */
export async function follow(platform: Environment & OutboxDeps): Promise<() => void> {
  const { channels } = platform
  const registration = async (): Promise<(ServiceWorkerRegistration & SyncRegistration) | null> =>
    'serviceWorker' in navigator ? await navigator.serviceWorker.ready : null
  const { drainNow } = startDraining({ ...platform, events: pageEvents, registration })
  await keepStatus(await openReference(platform), channels)
  startProbing({ ...platform, events: pageEvents })
  return drainNow
}

/** Deletes everything that can be fetched again, for "erase". */
export async function forget(platform: Environment): Promise<void> {
  await (await openReference(platform)).erase()
}
