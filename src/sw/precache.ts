import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { PrecacheRoute } from 'workbox-precaching/PrecacheRoute.js'
import { NavigationRoute } from 'workbox-routing/NavigationRoute.js'
import { registerRoute } from 'workbox-routing/registerRoute.js'
import { addStaticRoutes, type StaticRoute } from './routes.ts'
import { shellOf } from './shell.ts'

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
  const shell = shellOf(scope.caches, precache)
  scope.addEventListener('install', (event) => {
    event.waitUntil(precache.install(event).then(shell.keep))
    addStaticRoutes(event, [...shell.routes, ...assetRoutes(precache.strategy.cacheName)])
  })
  // The page that installed the worker may lose the network next: it is served from the cache at once, not after a reload.
  scope.addEventListener('activate', (event) => event.waitUntil(Promise.all([scope.clients.claim(), shell.forgetOthers()])))

  registerRoute(new PrecacheRoute(precache))
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
    async ({ request }) => (await fromOlderVersion(scope, precache, request)) ?? fetch(request),
  )
  registerRoute(new NavigationRoute(precache.createHandlerBoundToURL('/index.html'), { denylist: notPages }))
  return precache
}

/**
 * Lets the browser take hashed scripts and styles straight from the cache: at a cold start they need not wait in line at the worker.
 * What is not in the cache comes from the network, as it would without the rule.
 */
function assetRoutes(cacheName: string): StaticRoute[] {
  return (['script', 'style'] as const).map((requestDestination) => ({
    condition: { urlPattern: { pathname: '/assets/*' }, requestMethod: 'GET', requestDestination },
    source: { cacheName },
  }))
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
