import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { maxBatch, queriesRequest } from '../../api/index.ts'
import { senderKeys, type Rates } from '../admission/rates.ts'
import type { Tries } from '../admission/tries.ts'
import type { Keys } from '../keys.ts'
import type { Answering } from '../query/answer.ts'
import { spread } from '../query/retry-after.ts'
import type { Random } from '../random.ts'
import { problemReply } from './reply.ts'
import { isForwarded, senderOf } from './sender.ts'

/** The most bytes a request may have: fifty queries need a fifth of it. */
const maxBody = 64 * 1024

/** Seconds after which somebody who has guessed too often may see whether some of it is forgotten. */
const spentSeconds = 3600

export interface QueryRouteNeeds {
  readonly answering: Answering
  readonly rates: Rates
  readonly tries: Tries
  readonly keys: Keys
  readonly random: Random
}

/** `/api/v1/queries`. */
export function queryRoutes({ answering, rates, tries, keys, random }: QueryRouteNeeds): Hono {
  const routes = new Hono()

  /** The reply to somebody who sends too much, or null. */
  function limit(c: Context, count: number): Response | null {
    const seconds = rates.take(senderOf(c), count)
    return seconds === 0 ? null : problemReply(c, 'rate-limited', { retryAfter: spread(seconds, random.fraction()) })
  }

  routes.post('/', bodyLimit({ maxSize: maxBody, onError: (c) => problemReply(c, 'body-too-large') }), async (c) => {
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) return problemReply(c, 'media-type-unsupported')
    const body: unknown = await c.req.json().catch(() => null)
    const request = queriesRequest.safeParse(body)
    if (!request.success) return problemReply(c, 'envelope-invalid')
    const { queries } = request.data
    const sender = senderOf(c)
    const limited = limit(c, queries.length)
    if (limited) return limited
    const by = { sender, forwarded: isForwarded(c) }
    const isSpent = await tries.isSpent(senderKeys(keys, sender))
    const results = await (isSpent ? answering.replay(queries, by) : answering.post(queries, by))
    return results ? c.json({ results }) : problemReply(c, 'rate-limited', { retryAfter: spread(spentSeconds, random.fraction()) })
  })

  routes.get('/', async (c) => {
    const ids = (c.req.query('ids') ?? '').split(',').filter((id) => id !== '')
    if (ids.length === 0 || ids.length > maxBatch || ids.some((id) => id.length > 64)) return problemReply(c, 'ids-invalid')
    return limit(c, 1) ?? c.json({ results: await answering.summaries(ids) })
  })

  routes.get('/:id', async (c) => {
    const limited = limit(c, 1)
    if (limited) return limited
    const [summary] = await answering.summaries([c.req.param('id')])
    return !summary || summary.state === 'query-unknown' ? problemReply(c, 'query-unknown') : c.json(summary)
  })

  routes.all('/', (c) => methodNotAllowed(c, 'GET, POST'))
  routes.all('/:id', (c) => methodNotAllowed(c, 'GET'))
  return routes
}

function methodNotAllowed(c: Context, allowed: string): Response {
  c.header('Allow', allowed)
  return problemReply(c, 'method-not-allowed')
}
