import { problemOf, problems, type ProblemCode } from '../../api/index.ts'
import type { Address } from '../http/handle.ts'
import type { HeaderList, Reply } from '../http/reply.ts'
import { traceId } from '../operations/trace.ts'

interface More {
  /** Seconds. */
  readonly retryAfter?: number
  readonly headers?: HeaderList
}

/** A problem document (RFC 9457) as a reply. */
export function problemReply(code: ProblemCode, { retryAfter, headers = [] }: More = {}): Reply {
  const trace = traceId()
  const later = retryAfter === undefined ? [] : ['Retry-After', String(retryAfter)]
  return {
    status: problems[code].status,
    headers: ['Content-Type', 'application/problem+json', ...later, ...headers],
    body: JSON.stringify({ ...problemOf(code), ...(trace !== undefined && { trace }) }),
  }
}

/** An address that answers these methods alone: every other one is told which they are. */
export function only(address: Address): Address {
  const allowed = Object.keys(address).join(', ')
  return { ...address, others: () => problemReply('method-not-allowed', { headers: ['Allow', allowed] }) }
}
