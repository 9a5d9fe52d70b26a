import { createHash, timingSafeEqual } from 'node:crypto'
import type { HttpBindings } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { problemReply } from './reply.ts'

export interface MetricsRouteNeeds {
  readonly text: () => Promise<{ readonly contentType: string; readonly body: string }>
  /** What a reader must show as `Authorization: Bearer …`; null: only readers on this machine are answered. */
  readonly token: string | null
}

/** `/metrics`, for the operator alone: for everybody else it is an address like any that does not exist. */
export function metricsRoute({ text, token }: MetricsRouteNeeds): Hono {
  const routes = new Hono()
  routes.get('/metrics', async (c) => {
    if (!(token === null ? isFromHere(c) : shows(c, token))) return problemReply(c, 'not-found')
    const { contentType, body } = await text()
    c.header('Content-Type', contentType)
    return c.body(body)
  })
  return routes
}

/** From this machine itself: what a proxy on it passes on comes from somewhere else. */
function isFromHere(c: Context): boolean {
  const node = c.env as Partial<HttpBindings> | undefined
  const address = node?.incoming?.socket.remoteAddress ?? ''
  const isLocal = /^(::ffff:)?127\.|^::1$/.test(address)
  return isLocal && ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via'].every((name) => c.req.header(name) === undefined)
}

function shows(c: Context, token: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(c.req.header('Authorization') ?? ''), digest(`Bearer ${token}`))
}
