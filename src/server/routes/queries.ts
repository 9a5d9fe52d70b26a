import { maxBatch, queriesRequest, type QueryResult } from '../../api/index.ts'
import type { Deadline } from '../admission/deadline.ts'
import type { Rates } from '../admission/rates.ts'
import type { Tries } from '../admission/tries.ts'
import type { Addresses } from '../http/handle.ts'
import { json, type Reply } from '../http/reply.ts'
import type { Answering, Bringer, RawQuery } from '../query/answer.ts'
import { spentSeconds, spread } from '../query/retry-after.ts'
import type { Random } from '../random.ts'
import type { HashedSender } from '../store/store.ts'
import { only, problemReply } from './reply.ts'
import { isForwarded, type SenderOf } from './sender.ts'

/** The most bytes a request may have: fifty queries need a fifth of it. */
const maxBody = 64 * 1024

export interface QueryRouteNeeds {
  readonly answering: Answering
  readonly rates: Rates
  readonly tries: Tries
  readonly random: Random
  readonly deadline: Deadline
}

/** `/api/v1/queries`. */
export function queryRoutes({ answering, rates, tries, random, deadline }: QueryRouteNeeds, senderOf: SenderOf): Addresses {
  /** The reply to somebody who sends too much, or null. */
  function limit(sender: HashedSender, count: number): Reply | null {
    const seconds = rates.take(sender, count)
    return seconds === 0 ? null : problemReply('rate-limited', { retryAfter: spread(seconds, random.fraction()) })
  }

  async function resultsFor(queries: readonly RawQuery[], by: Bringer): Promise<QueryResult[] | null> {
    const isSpent = await tries.isSpent(by.sender)
    return isSpent ? answering.replay(queries, by) : answering.post(queries, by)
  }

  return {
    '/api/v1/queries': only({
      async GET(incoming) {
        const ids = (new URLSearchParams(incoming.search).get('ids') ?? '').split(',').filter((id) => id !== '')
        if (ids.length === 0 || ids.length > maxBatch || ids.some((id) => id.length > 64)) return problemReply('ids-invalid')
        return limit(senderOf(incoming), 1) ?? json({ results: await deadline.keep(answering.summaries(ids)) })
      },
      async POST(incoming) {
        if (!/^application\/json\s*(;|$)/i.test(incoming.header('content-type') ?? '')) return problemReply('media-type-unsupported')
        const bytes = await incoming.body(maxBody)
        if (bytes === null) return problemReply('body-too-large')
        const request = queriesRequest.safeParse(parsed(bytes))
        if (!request.success) return problemReply('envelope-invalid')
        const { queries } = request.data
        const sender = senderOf(incoming)
        const limited = limit(sender, queries.length)
        if (limited) return limited
        // A body that comes slowly has its own time.
        const results = await deadline.keep(resultsFor(queries, { sender, forwarded: isForwarded(incoming) }))
        return results ? json({ results }) : problemReply('rate-limited', { retryAfter: spread(spentSeconds, random.fraction()) })
      },
    }),

    '/api/v1/queries/:id': only({
      async GET(incoming, id) {
        const limited = limit(senderOf(incoming), 1)
        if (limited) return limited
        const [summary] = await deadline.keep(answering.summaries([id]))
        return !summary || summary.state === 'query-unknown' ? problemReply('query-unknown') : json(summary)
      },
    }),
  }
}

const utf8 = new TextDecoder()

/** What JSON says; null when it is none. */
function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    return null
  }
}
