import { AsyncLocalStorage } from 'node:async_hooks'
import type { Random } from '../random.ts'

/** The trace of a request; it has no id of its own before somebody wants to know it, as hardly any request has to. */
interface Trace {
  id: string | null
  readonly random: Random
}

const traces = new AsyncLocalStorage<Trace>()

/** The trace id (32 hex digits, W3C Trace Context) of the request that the running code serves; undefined: it serves none. */
export function traceId(): string | undefined {
  const trace = traces.getStore()
  if (trace === undefined) return undefined
  return (trace.id ??= newTrace(trace.random))
}

/** Does the work of a request under a trace id: the one of its `traceparent`, or a random one. It ends up in log lines and problem documents. */
export function traced<T>(random: Random, traceparent: string | undefined, work: () => T): T {
  return traces.run({ id: traceparent === undefined ? null : traceIn(traceparent), random }, work)
}

/** The trace id of a `traceparent` header; null when there is none, or when it could be a number of an invoice in disguise. */
export function traceIn(header: string | undefined): string | null {
  const id = /^[\da-f]{2}-([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/.exec(header ?? '')?.[1] ?? null
  return id === null || /\d{20}/.test(id) ? null : id
}

function newTrace(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('hex')
}
