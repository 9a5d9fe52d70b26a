import type { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { drainInWorker } from './drain.ts'
import { pruneOldVersions } from './versions.ts'

/** What a page may ask of the worker. `SKIP_WAITING` is sent on a tap only (the name is workbox-window's). */
export function obeyMessages(scope: ServiceWorkerGlobalScope, precache: PrecacheController): void {
  scope.addEventListener('message', (event) => {
    const type: unknown = (event.data as { type?: unknown } | null)?.type
    if (type === 'SKIP_WAITING') event.waitUntil(scope.skipWaiting())
    if (type === 'PRUNE') event.waitUntil(pruneOldVersions(scope, precache))
    if (type === 'DRAIN') event.waitUntil(drainInWorker(scope).catch(() => undefined))
  })
}
