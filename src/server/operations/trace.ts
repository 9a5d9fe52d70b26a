import { AsyncLocalStorage } from 'node:async_hooks'
import type { MiddlewareHandler } from 'hono'
import type { Random } from '../random.ts'

const traces = new AsyncLocalStorage<string>()

/** The trace id (32 hex digits, W3C Trace Context) of the request that the running code serves; undefined: it serves none. */
export function traceId(): string | undefined {
  return traces.getStore()
}

/** Gives every request a trace id: the one of its `traceparent`, or a random one. It ends up in log lines and problem documents. */
export function traced(random: Random): MiddlewareHandler {
  return (c, next) => traces.run(traceIn(c.req.header('traceparent')) ?? newTrace(random), next)
}

/** The trace id of a `traceparent` header; null when there is none, or when it could be a number of an invoice in disguise. */
export function traceIn(header: string | undefined): string | null {
  const id = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(header ?? '')?.[1] ?? null
  return id === null || /\d{20}/.test(id) ? null : id
}

function newTrace(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex')
}
