import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler } from 'hono'
import type { Sender } from '../admission/rates.ts'
import { hopsHeader } from '../sources/peer/source.ts'

/** The context variable under which a request's address is kept. */
const addressKey = 'piaozai address'

/** Notes for {@link senderOf} whose request it is, before anything else is done with it. */
export function addressed(addressOf: (address: string, forwardedFor: string | undefined) => string): MiddlewareHandler {
  return (c, next) => {
    c.set(addressKey, addressOf(connectionOf(c), c.req.header('X-Forwarded-For')))
    return next()
  }
}

/** Who sent a request. Headers that proxies add are believed of our own fronts alone: anybody can send them. */
export function senderOf(c: Context): Sender {
  const address = c.get(addressKey) as string | undefined
  return { device: c.req.header('Piaozai-Device') ?? null, address: address ?? connectionOf(c) }
}

function connectionOf(c: Context): string {
  const node = c.env as Partial<HttpBindings> | undefined
  return node?.incoming?.socket.remoteAddress ?? 'unknown'
}

/** True when another gateway passed the request on. Whatever the header says but nothing: it only ever makes us ask fewer. */
export function isForwarded(c: Context): boolean {
  return (c.req.header(hopsHeader) ?? '0') !== '0'
}
