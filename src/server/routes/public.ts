import { Hono, type Context } from 'hono'
import type { WellKnown } from '../../api/index.ts'
import type { StatusFile } from '../status.ts'
import type { Store } from '../store/store.ts'
import type { ServedTrustList } from '../trust-list.ts'
import { problemReply } from './reply.ts'

/** What pages of every origin may read. */
export const publicFiles = ['/api/v1/status', '/status.json', '/.well-known/piaozai.json', '/trust-list.json'] as const

export interface PublicRouteNeeds {
  readonly status: () => Promise<StatusFile>
  readonly wellKnown: () => Promise<WellKnown>
  /** Null: this gateway has none. */
  readonly trustList: ServedTrustList | null
  readonly store: Store
  readonly isStopping: () => boolean
}

/** What anybody may read: status, the gateway's card, health. */
export function publicRoutes({ status, wellKnown, trustList, store, isStopping }: PublicRouteNeeds): Hono {
  const routes = new Hono()

  const statusFile = async (c: Context) => cacheable(c, await status(), 2)
  routes.get('/api/v1/status', statusFile)
  routes.get('/status.json', statusFile)

  routes.get('/.well-known/piaozai.json', async (c) => c.json(await wellKnown()))
  routes.get('/trust-list.json', (c) =>
    trustList === null ? problemReply(c, 'not-found') : cacheable(c, { body: trustList.text, etag: trustList.etag }, 300),
  )

  routes.get('/healthz', (c) => c.json({ ok: true }))
  routes.get('/readyz', async (c) => {
    const ready =
      !isStopping() &&
      (await store.queue().then(
        () => true,
        () => false,
      ))
    return c.json({ ok: ready }, ready ? 200 : 503)
  })

  for (const path of [...publicFiles, '/healthz', '/readyz']) {
    routes.all(path, (c) => {
      c.header('Allow', 'GET')
      return problemReply(c, 'method-not-allowed')
    })
  }
  return routes
}

/** JSON that may be kept for so many seconds, or the word that it has not changed. */
function cacheable(c: Context, { body, etag }: StatusFile, seconds: number): Response {
  c.header('ETag', etag)
  c.header('Cache-Control', `public, max-age=${seconds}`)
  if (c.req.header('If-None-Match')?.includes(etag)) return c.body(null, 304)
  c.header('Content-Type', 'application/json; charset=utf-8')
  return c.body(body)
}
