import type { MiddlewareHandler } from 'hono'
import type { Headers } from './headers.ts'

/** Adds the security headers to every response, errors too. Mount it first. */
export function secured(headers: Headers): MiddlewareHandler {
  return async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value)
  }
}
