import type { PrecacheController } from 'workbox-precaching/PrecacheController.js'

/** A page that does not say its version within this time is taken for an old one. */
const patience = 3_000

/**
 * Deletes what only older versions of the app need, if no open page runs one. A frozen tab cannot answer and keeps its version alive;
 * a version that waits or installs keeps everything, because its files lie in the same cache.
 */
export async function pruneOldVersions(scope: ServiceWorkerGlobalScope, precache: PrecacheController): Promise<void> {
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const versions = await Promise.all(pages.map(versionOf))
  if (!versions.every((entry) => entry !== null && precache.getCacheKeyForURL(entry) !== undefined)) return
  const wanted = new Set(precache.getURLsToCacheKeys().values())
  const cache = await scope.caches.open(precache.strategy.cacheName)
  for (const request of await cache.keys()) {
    if (wanted.has(request.url)) continue
    if (scope.registration.waiting !== null || scope.registration.installing !== null) return
    await cache.delete(request)
  }
}

/** The address of the script that the page was started from. */
function versionOf(page: Client): Promise<string | null> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<unknown>) => resolve(typeof data === 'string' ? data : null)
    setTimeout(() => resolve(null), patience)
    page.postMessage({ type: 'WHICH_VERSION' }, [port2])
  })
}
