import { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Config } from '../config.ts'
import { createAddressOf } from '../admission/proxies.ts'
import { faultOf, type Logger } from '../log.ts'
import { traced } from '../operations/trace.ts'
import { spread } from '../query/retry-after.ts'
import { securityHeaders } from '../static/headers.ts'
import { secured } from '../static/secure.ts'
import { StoreAway } from '../store/store.ts'
import { admitted, type AdmittedNeeds } from './admitted.ts'
import { metricsRoute, type MetricsRouteNeeds } from './metrics.ts'
import { publicFiles, publicRoutes, type PublicRouteNeeds } from './public.ts'
import { queryRoutes, type QueryRouteNeeds } from './queries.ts'
import { problemReply } from './reply.ts'
import { addressed } from './sender.ts'
import { shareRoutes } from './share.ts'

export interface AppNeeds {
  readonly config: Config
  readonly log: Logger
  readonly admission: Omit<AdmittedNeeds, 'random'>
  readonly card: PublicRouteNeeds
  readonly metrics: MetricsRouteNeeds
  readonly queries: QueryRouteNeeds
  /** Answers what is no address of the gateway's own. */
  readonly pages?: ((request: Request) => Promise<Response | null>) | undefined
}

/** Everything a gateway answers over HTTP (contract.md), in the order in which a request meets it. */
export function createApp({ config, log, admission, card, metrics, queries, pages }: AppNeeds): Hono {
  const { random } = queries
  const app = new Hono()
  app.use(traced(random))
  app.use(addressed(createAddressOf(config.proxies)))
  app.use(secured(securityHeaders(config)))
  app.use(async (c, next) => {
    c.header('Cache-Control', 'no-store')
    await next()
  })
  for (const path of publicFiles) app.use(path, cors(forEverybody))
  app.use('/api/v1/queries/*', cors(forOrigins(config)))
  app.use('/api/*', async (c, next) => {
    if (card.isStopping()) return problemReply(c, 'stopping', { retryAfter: spread(5, random.fraction()) })
    return next()
  })
  app.use('/api/v1/queries/*', admitted({ ...admission, random }))
  app.route('/', publicRoutes(card))
  app.route('/', metricsRoute(metrics))
  app.route('/api/v1/queries', queryRoutes(queries))
  app.route('/', shareRoutes())
  app.all('/api/*', (c) => problemReply(c, 'not-found'))
  app.notFound(async (c) => (await pages?.(c.req.raw)) ?? problemReply(c, 'not-found'))
  app.onError((error, c) => {
    if (error instanceof StoreAway) return problemReply(c, 'store-away', { retryAfter: spread(5, random.fraction()) })
    log.error({ route: c.req.routePath, ...faultOf(error) }, 'a request failed')
    return problemReply(c, 'internal')
  })
  return app
}

const forEverybody = { origin: '*', allowMethods: ['GET'], allowHeaders: ['Piaozai-Device', 'If-None-Match'], exposeHeaders: ['ETag'] }

function forOrigins({ origins }: Config) {
  return {
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Content-Type', 'Piaozai-Device'],
    exposeHeaders: ['Retry-After'],
    maxAge: 600,
  }
}
