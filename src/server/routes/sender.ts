import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { Sender } from '../admission/rates.ts'
import { hopsHeader } from '../sources/peer/source.ts'

/** Who sent a request. Headers that proxies add are not believed: anybody can send them. */
export function senderOf(c: Context): Sender {
  const node = c.env as Partial<HttpBindings> | undefined
  return { device: c.req.header('Piaozai-Device') ?? null, address: node?.incoming?.socket.remoteAddress ?? 'unknown' }
}

/** True when another gateway passed the request on. Whatever the header says but nothing: it only ever makes us ask fewer. */
export function isForwarded(c: Context): boolean {
  return (c.req.header(hopsHeader) ?? '0') !== '0'
}
