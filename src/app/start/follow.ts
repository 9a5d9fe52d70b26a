import { startProbing } from '../../channels/index.ts'
import { startDraining, type OutboxDeps, type SyncRegistration } from '../../outbox/index.ts'
import { followCards, keepStatus, openReference } from '../../reference/index.ts'
import type { Environment } from '../../wallet/index.ts'
import { pageEvents } from './page-events.ts'
import { adopt } from './receipt-keys.ts'
import { trustListRule } from './trust-list.ts'

/**
 * Begins what goes on by itself while the page is open: draining, probing, keeping for offline what can be fetched again, emptying
 * the bin. A chunk of its own, because nobody waits for it.
 * @param judgeAnew called when seals are to be judged by another trust list from now on.
 * @returns what drains at once, for a tap.
 */
export async function follow(platform: Environment & OutboxDeps, judgeAnew: () => void): Promise<() => void> {
  const { channels, wallet } = platform
  const reference = await openReference(platform)
  await followCards(reference, channels, { adoptKeys: adopt, takeTrustList: trustListRule(wallet, judgeAnew) })
  const registration = async (): Promise<(ServiceWorkerRegistration & SyncRegistration) | null> =>
    'serviceWorker' in navigator ? await navigator.serviceWorker.ready : null
  const { drainNow } = startDraining({ ...platform, events: pageEvents, registration })
  await keepStatus(reference, channels)
  startProbing({ ...platform, events: pageEvents })
  // The wallet's state says what is wrong; the bin is emptied another day.
  void wallet.purge().catch(() => undefined)
  return drainNow
}

/** Deletes everything that was only fetched: for "erase". */
export async function forget(platform: Environment): Promise<void> {
  const reference = await openReference(platform)
  await reference.erase()
  reference.close()
}

/** Gives up what is easily fetched again, on a full device. */
export async function makeRoom(platform: Environment): Promise<void> {
  const reference = await openReference(platform)
  await reference.makeRoom()
  reference.close()
}
