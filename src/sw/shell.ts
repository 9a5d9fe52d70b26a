import type { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import type { StaticRoute } from './routes.ts'

/** Pages that people open by their bare address: from the icon, a shortcut, a reload. Others go through the worker. */
const places = ['/', '/scan', '/add', '/query', '/outbox', '/status', '/settings', '/R']
const prefix = 'piaozai-shell-'

/** The shell of this version, kept under the addresses it is opened by, so that a cold start need not wait for the worker to start. */
export interface Shell {
  readonly routes: readonly StaticRoute[]
  /** Copies the shell once it is precached. */
  keep(): Promise<void>
  /** Forgets the shells of other versions: nobody is sent to them any more. */
  forgetOthers(): Promise<void>
}

/** Each version has a cache of its own, so that a new one that still waits changes nothing for the one that is used. */
export function shellOf(caches: CacheStorage, precache: PrecacheController): Shell {
  const key = precache.getCacheKeyForURL('/index.html') ?? '/index.html'
  const cacheName = prefix + key.slice(key.indexOf('?') + 1)
  return {
    routes: places.map((pathname) => ({
      condition: { urlPattern: { pathname, search: '' }, requestMethod: 'GET', requestMode: 'navigate' },
      source: { cacheName },
    })),
    async keep() {
      const shell = await caches.match(key)
      if (shell === undefined) return
      const cache = await caches.open(cacheName)
      await Promise.all(places.map((place) => cache.put(place, shell.clone())))
    },
    async forgetOthers() {
      const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName)
      await Promise.all(others.map((name) => caches.delete(name)))
    },
  }
}
