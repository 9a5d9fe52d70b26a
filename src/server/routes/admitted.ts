import type { MiddlewareHandler } from 'hono'
import type { Load } from '../admission/load.ts'
import type { Clock } from '../clock.ts'
import { spread } from '../query/retry-after.ts'
import type { Random } from '../random.ts'
import { problemReply } from './reply.ts'

export interface AdmittedNeeds {
  readonly load: Load
  readonly random: Random
  readonly clock: Clock
  readonly maintenance: boolean
  readonly onRequest: (route: string, status: number, seconds: number) => void
}

/** Seconds after which whoever was sent away may come back, at least. */
const overloadSeconds = 10
const maintenanceSeconds = 300

/** Lets requests in as the gateway can bear them; the others get 503 and a time of their own to come back at. What was asked before can be looked up during maintenance. */
export function admitted({ load, random, clock, maintenance, onRequest }: AdmittedNeeds): MiddlewareHandler {
  return async (c, next) => {
    const begun = clock.now()
    const route = `${c.req.method} queries`
    if (maintenance && c.req.method === 'POST') {
      onRequest(route, 503, 0)
      return problemReply(c, 'maintenance', { retryAfter: spread(maintenanceSeconds, random.fraction()) })
    }
    if (!load.enter()) {
      onRequest(route, 503, 0)
      return problemReply(c, 'overloaded', { retryAfter: spread(overloadSeconds, random.fraction()) })
    }
    try {
      await next()
    } finally {
      load.leave()
      onRequest(route, c.res.status, (clock.now() - begun) / 1000)
    }
  }
}
