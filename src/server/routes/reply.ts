import { problemOf, problems, type ProblemCode } from '../../api/index.ts'
import type { Address } from '../http/handle.ts'
import { withHeaders, type Reply } from '../http/reply.ts'
import { traceId } from '../operations/trace.ts'

/** A problem document (RFC 9457) as a reply. `retryAfter` in seconds. */
export function problemReply(code: ProblemCode, { retryAfter }: { readonly retryAfter?: number } = {}): Reply {
  const trace = traceId()
  const headers = ['Content-Type', 'application/problem+json']
  if (retryAfter !== undefined) headers.push('Retry-After', String(retryAfter))
  return { status: problems[code].status, headers, body: JSON.stringify({ ...problemOf(code), ...(trace !== undefined && { trace }) }) }
}

/** An address that answers these methods alone: every other one is told which they are. */
export function only(address: Address): Address {
  const allowed = Object.keys(address).join(', ')
  return { ...address, others: () => withHeaders(problemReply('method-not-allowed'), ['Allow', allowed]) }
}
