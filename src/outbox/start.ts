import type { PageEvents } from '../channels/index.ts'
import type { OutboxDeps } from './drain.ts'

/** Background Sync as far as the browser has it; null where it has none. */
export type SyncRegistration = Pick<ServiceWorkerRegistration, 'active'> & {
  readonly sync?: { register(tag: string): Promise<void> }
  readonly periodicSync?: { register(tag: string, options: { minInterval: number }): Promise<void> }
}

export interface DrainingDeps extends OutboxDeps {
  readonly events: PageEvents
  /** The page's service worker registration once there is one; absent in the worker. */
  readonly registration?: () => Promise<SyncRegistration | null>
}

/** The tag of Background Sync and of Periodic Background Sync. */
export const syncTag = 'piaozai-drain'

/**
 * Drains whenever there may be reason to: now, on `online`, on becoming visible, when the gateway is reachable again, when a new query is committed,
 * and when the next row is due. Registers Background Sync where present, as an accelerator. Errors are in the rows and in the wallet's state.
 */
export function startDraining(_deps: DrainingDeps): { readonly drainNow: () => void; readonly stop: () => void } {
  throw new Error('follows')
}
