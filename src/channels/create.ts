import { serviceStatus, summariesReply, toWireQuery, wellKnown, z } from '../api/index.ts'
import { watchable } from '../domain/index.ts'
import type { ChannelDeps, Channels } from './channels.ts'
import { createFailover } from './failover.ts'
import { createProbe } from './probe.ts'
import { readReport, readResults, readSummary } from './read.ts'
import type { Reply } from './error.ts'
import type { ServiceState } from './service.ts'

/** The envelope of a batch's reply; each result is judged on its own. */
const envelope = z.object({ results: z.array(z.unknown()) })

/** The channels to the gateways of `deps.origins`. */
export function createChannels(deps: ChannelDeps): Channels {
  const now = deps.clock.now()
  const state = watchable<ServiceState>({ is: 'unknown', captured: false, since: now, asOf: now, report: null })
  const ask = createFailover(deps)

  return {
    state,
    async ask(queries) {
      const body = { queries: queries.map(({ id, elements }) => toWireQuery(id, elements)) }
      const reply = await ask('/api/v1/queries', envelope, body)
      return map(reply, ({ results }) => readResults(results, new Set(queries.map(({ id }) => id))))
    },
    summaries: async (ids) =>
      map(await ask(`/api/v1/queries?ids=${ids.join(',')}`, summariesReply), ({ results }) => results.map(readSummary)),
    status: async () => map(await ask('/api/v1/status', serviceStatus), readReport),
    wellKnown: () => ask('/.well-known/piaozai.json', wellKnown),
    probe: createProbe(deps, ask, state),
    remember(report) {
      const { value } = state
      if (value.report === null) state.set({ ...value, report })
    },
  }
}

function map<T, U>(reply: Reply<T>, change: (value: T) => U): Reply<U> {
  return reply.ok ? { ok: true, value: change(reply.value) } : reply
}
