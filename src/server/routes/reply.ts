import type { Context } from 'hono'
import { problemOf, problems, type ProblemCode } from '../../api/index.ts'
import { traceId } from '../operations/trace.ts'

/** A problem document (RFC 9457) as a reply. `retryAfter` in seconds. */
export function problemReply(
  c: Context,
  code: ProblemCode,
  more: { readonly detail?: string; readonly retryAfter?: number } = {},
): Response {
  const trace = traceId()
  const body = { ...problemOf(code, more.detail), ...(trace !== undefined && { trace }) }
  c.header('Content-Type', 'application/problem+json')
  if (more.retryAfter !== undefined) c.header('Retry-After', String(more.retryAfter))
  return c.body(JSON.stringify(body), problems[code].status)
}
