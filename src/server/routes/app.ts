import type { Config } from '../config.ts'
import { createAddressOf } from '../admission/proxies.ts'
import { createCors, type Cors } from '../http/cors.ts'
import { finderOf, handlerOf, type Handle } from '../http/handle.ts'
import type { Incoming } from '../http/incoming.ts'
import { finished, type FinishedReply, type Reply } from '../http/reply.ts'
import type { Keys } from '../keys.ts'
import { faultOf, type Logger } from '../log.ts'
import { traced } from '../operations/trace.ts'
import { spread } from '../query/retry-after.ts'
import { securityHeaders } from '../static/headers.ts'
import type { Pages } from '../static/pages.ts'
import { StoreAway } from '../store/store.ts'
import { createAdmit, type AdmittedNeeds } from './admitted.ts'
import { metricsRoute, type MetricsRouteNeeds } from './metrics.ts'
import { healthRoutes, publicFiles, type PublicRouteNeeds } from './public.ts'
import { queryRoutes, type QueryRouteNeeds } from './queries.ts'
import { problemReply } from './reply.ts'
import { createSenderOf } from './sender.ts'
import { shareRoutes } from './share.ts'

export interface AppNeeds {
  readonly config: Config
  readonly keys: Keys
  readonly log: Logger
  readonly admission: Omit<AdmittedNeeds, 'random'>
  readonly card: PublicRouteNeeds
  readonly metrics: MetricsRouteNeeds
  readonly queries: QueryRouteNeeds
  /** Answers what is no address of the gateway's own. */
  readonly pages?: Pages | undefined
}

/** Everything a gateway answers over HTTP (contract.md), in the order in which a request meets it. */
export function createApp({ config, keys, log, admission, card, metrics, queries, pages }: AppNeeds): Handle {
  const { random } = queries
  const always = Object.entries(securityHeaders(config)).flat()
  const open = publicFiles(card)
  const senderOf = createSenderOf(keys, createAddressOf(config.proxies))
  const find = finderOf({ ...open, ...healthRoutes(card), ...metricsRoute(metrics), ...shareRoutes, ...queryRoutes(queries, senderOf) })
  const admit = createAdmit({ ...admission, random })
  const forEverybody = createCors(toEverybody, always)
  const forSome = createCors(toOrigins(config), always)

  function corsOf(path: string): Cors | null {
    if (isOfQueries(path)) return forSome
    return Object.hasOwn(open, path) ? forEverybody : null
  }

  async function work(incoming: Incoming): Promise<Reply> {
    try {
      const { method, path } = incoming
      const found = find(path)
      const handler = found && handlerOf(found.address, method)
      if (handler) return await handler(incoming, found.rest)
      return (isApi.test(path) ? null : pages?.(incoming)) ?? problemReply('not-found')
    } catch (error) {
      if (error instanceof StoreAway) return problemReply('store-away', { retryAfter: spread(5, random.fraction()) })
      log.error(faultOf(error), 'a request failed')
      return problemReply('internal')
    }
  }

  function answer(incoming: Incoming): Reply | Promise<Reply> {
    const { path } = incoming
    if (card.isStopping() && isApi.test(path)) return problemReply('stopping', { retryAfter: spread(5, random.fraction()) })
    return isOfQueries(path) ? admit(incoming, () => work(incoming)) : work(incoming)
  }

  async function reply(incoming: Incoming): Promise<FinishedReply> {
    const cors = corsOf(incoming.path)
    if (cors === null) return finished(await answer(incoming), always)
    const origin = incoming.header('origin')
    const isPreflight = incoming.method === 'OPTIONS'
    return finished(isPreflight ? cors.preflight : await answer(incoming), cors.headers(origin))
  }

  return (incoming) => traced(random, incoming.header('traceparent'), () => reply(incoming))
}

const isApi = /^\/api(\/|$)/
const queriesPath = '/api/v1/queries'
function isOfQueries(path: string): boolean {
  return path.startsWith(queriesPath) && (path.length === queriesPath.length || path[queriesPath.length] === '/')
}

const toEverybody = {
  origins: '*',
  methods: ['GET'],
  requestHeaders: ['Piaozai-Device', 'If-None-Match'],
  replyHeaders: ['ETag'],
} as const

function toOrigins({ origins }: Config) {
  return {
    origins,
    methods: ['GET', 'POST'],
    requestHeaders: ['Content-Type', 'Piaozai-Device'],
    replyHeaders: ['Retry-After'],
    maxAge: 600,
  } as const
}
