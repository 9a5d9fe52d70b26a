import { queriesReply, toWireQuery, type QueryResult } from '../../../api/index.ts'
import { canonicalElements, type Elements } from '../../../domain/index.ts'
import type { Clock } from '../../clock.ts'
import type { Send } from '../../egress/egress.ts'
import { newQueryId, type Random } from '../../random.ts'
import type { PeerId } from '../ids.ts'
import type { Said, Source } from '../source.ts'
import { createPending } from './pending.ts'
import { relay } from './relay.ts'

export interface PeerNeeds {
  readonly id: PeerId
  readonly origin: string
  readonly send: Send
  readonly clock: Clock
  readonly random: Random
}

/** Says that a query has already been passed on: whoever gets it asks no gateway in turn, so that no question runs in circles. */
export const hopsHeader = 'Piaozai-Hops'

/**
 * Another gateway: it is asked as devices ask it, and answers with what it has. It keeps the count of the authority's looks by itself.
 * What it parks it will know later: it is asked again under the same id, and the others are asked meanwhile.
 */
export function peerSource({ id, origin, send, clock, random }: PeerNeeds): Source {
  const pending = createPending()
  const headers = { Accept: 'application/json', [hopsHeader]: '1' }

  async function post(query: string, elements: Elements, signal: AbortSignal): Promise<QueryResult> {
    const body = JSON.stringify({ queries: [toWireQuery(query, elements)] })
    const outgoing = {
      method: 'POST',
      url: `${origin}/api/v1/queries`,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body,
    } as const
    const reply = await send(outgoing, signal)
    if (reply.status !== 200) throw new Error(`the gateway answered ${reply.status}`)
    const [result, ...more] = queriesReply.parse(JSON.parse(reply.body)).results
    if (result?.id !== query || more.length > 0) throw new Error('the gateway answered something else')
    return result
  }

  return {
    id,
    name: `Gateway ${id.slice('peer:'.length)}`,
    class: 'peer',
    metered: false,
    // What a gateway grants one device; more is refused.
    pace: { perSecond: 1 },
    supports: () => true,
    async ask(elements, signal): Promise<Said> {
      const question = canonicalElements(elements)
      const query = pending.get(question) ?? newQueryId(clock.now(), random)
      const result = await post(query, elements, signal)
      switch (result.state) {
        case 'answered':
          pending.forget(question)
          return relay(id, result.answer)
        case 'refused':
          pending.forget(question)
          return { outcome: 'unsupported', asOf: null }
        case 'parked':
          pending.keep(question, query)
          if (result.reason === 'not-yet-visible') return { outcome: 'same-day', asOf: null }
          if (result.reason === 'daily-limit') return { outcome: 'daily-limit', asOf: null }
          return { outcome: 'unavailable', asOf: null, retryAt: clock.now() + Math.max(1, result.retryAfter) * 1000 }
      }
    },
    async probe(signal) {
      const { status } = await send({ method: 'GET', url: `${origin}/healthz`, headers }, signal)
      if (status !== 200) throw new Error(`the gateway answered ${status}`)
    },
  }
}
