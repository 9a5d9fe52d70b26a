import type { Instant } from '../domain/index.ts'
import type { ChannelDeps } from './channels.ts'
import type { Reply } from './error.ts'
import { request, type Schema } from './request.ts'

/** How long a gateway that could not be reached is asked last, in milliseconds. */
const avoidFor = 30_000

/** Asks the gateways in their order until one replies; those that just failed come last. */
export function createFailover(deps: ChannelDeps) {
  const failedAt = new Map<string, Instant>()

  const avoided = (origin: string) => Math.abs(deps.clock.now() - (failedAt.get(origin) ?? -Infinity)) < avoidFor

  return async function ask<T>(path: string, schema: Schema<T>, body?: unknown): Promise<Reply<T>> {
    const order = [...deps.origins.filter((one) => !avoided(one)), ...deps.origins.filter(avoided)]
    let worst: Reply<T> = { ok: false, error: { is: 'gateway-down', because: 'unreachable' } }
    for (const [at, origin] of order.entries()) {
      const reply = await request(deps, { url: origin + path, named: true, ...(body !== undefined && { body }) }, schema)
      if (reply.ok || reply.error.is === 'overloaded' || reply.error.is === 'rejected') {
        failedAt.delete(origin)
        return reply
      }
      failedAt.set(origin, deps.clock.now())
      if (at === 0) worst = reply
    }
    return worst
  }
}
