import type { WellKnown } from '../../api/index.ts'
import type { Deadline } from '../admission/deadline.ts'
import type { Addresses, Handler } from '../http/handle.ts'
import type { Incoming } from '../http/incoming.ts'
import { json, type Reply } from '../http/reply.ts'
import type { StatusFile } from '../status.ts'
import type { Store } from '../store/store.ts'
import type { ServedTrustList } from '../trust-list.ts'
import { only, problemReply } from './reply.ts'

export interface PublicRouteNeeds {
  readonly status: () => Promise<StatusFile>
  readonly wellKnown: () => Promise<WellKnown>
  /** Null: this gateway has none. */
  readonly trustList: ServedTrustList | null
  readonly store: Store
  readonly isStopping: () => boolean
  readonly deadline: Deadline
}

/** What pages of every origin may read: status and the gateway's card. */
export function publicFiles({ status, wellKnown, trustList, deadline }: PublicRouteNeeds): Addresses {
  const statusFile: Handler = async (incoming) => cacheable(incoming, await deadline.keep(status()), 2)
  return {
    '/api/v1/status': only({ GET: statusFile }),
    '/status.json': only({ GET: statusFile }),
    '/.well-known/piaozai.json': only({ GET: async () => json(await deadline.keep(wellKnown())) }),
    '/trust-list.json': only({
      GET: (incoming) =>
        trustList === null ? problemReply('not-found') : cacheable(incoming, { body: trustList.text, etag: trustList.etag }, 300),
    }),
  }
}

/** What says whether the gateway lives, and whether it is ready. */
export function healthRoutes({ store, isStopping, deadline }: PublicRouteNeeds): Addresses {
  return {
    '/healthz': only({ GET: () => json({ ok: true }) }),
    '/readyz': only({
      async GET() {
        const ready =
          !isStopping() &&
          (await deadline.keep(store.queue()).then(
            () => true,
            () => false,
          ))
        return json({ ok: ready }, ready ? 200 : 503)
      },
    }),
  }
}

/** JSON that may be kept for so many seconds, or the word that it has not changed. */
function cacheable(incoming: Incoming, { body, etag }: StatusFile, seconds: number): Reply {
  const cache = `public, max-age=${seconds}`
  if (incoming.header('if-none-match')?.includes(etag)) return { status: 304, headers: ['ETag', etag], body: null, cache }
  return { status: 200, headers: ['ETag', etag, 'Content-Type', 'application/json; charset=utf-8'], body, cache }
}
