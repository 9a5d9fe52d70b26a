import { fromWireAnswer, fromWireTime, queryResult, type QuerySummary as WireSummary, type ServiceStatus } from '../api/index.ts'
import type { QueryReply, QuerySummary } from './result.ts'
import type { ServiceReport } from './service.ts'

/** Codes of a refused query that speak of the state of the gateway or of the sender and not of the query. */
const passing = new Set(['rate-limited', 'maintenance', 'overloaded', 'stopping', 'internal', 'query-unknown'])

/** Reads the results one by one: one that cannot be read does not spoil the others. */
export function readResults(results: readonly unknown[], asked: ReadonlySet<string>): QueryReply[] {
  return results.flatMap((result): QueryReply[] => {
    const parsed = queryResult.safeParse(result)
    if (!parsed.success) {
      const id = (result as { id?: unknown } | null)?.id
      return typeof id === 'string' && asked.has(id) ? [{ id, is: 'unreadable' }] : []
    }
    const one = parsed.data
    if (!asked.has(one.id)) return []
    switch (one.state) {
      case 'answered':
        return [{ id: one.id, is: 'answered', answer: fromWireAnswer(one.answer) }]
      case 'parked':
        return [
          {
            id: one.id,
            is: 'parked',
            reason: one.reason,
            ticket: one.ticket,
            retryAfter: one.retryAfter,
            ...(one.receipt !== undefined && { receipt: one.receipt }),
          },
        ]
      case 'refused':
        return [
          {
            id: one.id,
            is: 'refused',
            code: one.problem.code,
            passing: passing.has(one.problem.code),
            retryAfter: one.problem.retryAfter ?? null,
          },
        ]
    }
  })
}

export function readSummary(wire: WireSummary): QuerySummary {
  return {
    id: wire.id,
    is: wire.state,
    verdict: wire.verdict ?? null,
    reason: wire.reason ?? null,
    retryAfter: wire.retryAfter ?? null,
    answeredAt: time(wire.answeredAt),
  }
}

export function readReport(wire: ServiceStatus): ServiceReport {
  return {
    mode: wire.mode,
    asOf: fromWireTime(wire.asOf),
    components: wire.components.map((one) => ({ ...one, class: one.class ?? null, since: time(one.since) })),
    incidents: wire.incidents.map((one) => ({
      ...one,
      startedAt: fromWireTime(one.startedAt),
      expectedAt: time(one.expectedAt),
      updates: one.updates.map(({ at, text }) => ({ at: fromWireTime(at), text })),
    })),
    queue: { ...wire.queue, oldest: time(wire.queue.oldest) },
  }
}

function time(wire: string | null | undefined): number | null {
  return wire === null || wire === undefined ? null : fromWireTime(wire)
}
