import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { PrecacheRoute } from 'workbox-precaching/PrecacheRoute.js'
import { NavigationRoute } from 'workbox-routing/NavigationRoute.js'
import { registerRoute } from 'workbox-routing/registerRoute.js'

type Manifest = (string | { url: string; revision: string | null })[]

/** What the gateway answers itself, also when somebody types it into the address bar. */
const notPages = [/^\/api\//, /^\/\.well-known\//, /^\/(healthz|readyz|metrics|status\.json|sw\.js)$/]

/**
 * Stores the whole app when the worker is installed and serves it from there. Unlike Workbox's own `precache` it deletes nothing
 * when a new version is activated: a tab that still runs the old one asks for the old chunks later (see `versions.ts`).
 */
export function cacheForOffline(scope: ServiceWorkerGlobalScope, manifest: Manifest): PrecacheController {
  const precache = new PrecacheController()
  precache.addToCacheList(manifest)
  scope.addEventListener('install', (event) => {
    void precache.install(event)
    routeAssetsPast(event, precache.strategy.cacheName)
  })
  // The page that installed the worker may lose the network next: it is served from the cache at once, not after a reload.
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()))

  registerRoute(new PrecacheRoute(precache))
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
    async ({ request }) => (await fromOlderVersion(scope, precache, request)) ?? fetch(request),
  )
  registerRoute(new NavigationRoute(precache.createHandlerBoundToURL('/index.html'), { denylist: notPages }))
  return precache
}

/** Where the browser has it: hands a request to a source without asking the worker (Service Worker Static Routing, W3C). */
interface RoutingInstallEvent extends ExtendableEvent {
  addRoutes?(rules: readonly unknown[]): Promise<void>
}

/**
 * Lets the browser take hashed scripts and styles straight from the cache: at a cold start they need not wait in line at the worker.
 * What is not in the cache comes from the network, as it would without the rule.
 */
function routeAssetsPast(event: RoutingInstallEvent, cacheName: string): void {
  const rules = ['script', 'style'].map((requestDestination) => ({
    condition: { urlPattern: { pathname: '/assets/*' }, requestMethod: 'GET', requestDestination },
    source: { cacheName },
  }))
  // Browsers that know only an older form of the rules refuse; the routes above do the same then.
  if (event.addRoutes) event.waitUntil(event.addRoutes(rules).catch(() => undefined))
}

/** A chunk of a version that is no longer current, under whatever revision it was stored. */
async function fromOlderVersion(
  scope: ServiceWorkerGlobalScope,
  { strategy }: PrecacheController,
  request: Request,
): Promise<Response | undefined> {
  const cache = await scope.caches.open(strategy.cacheName)
  return cache.match(request, { ignoreSearch: true })
}
