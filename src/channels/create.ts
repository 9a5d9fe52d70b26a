import { serviceStatus, summariesReply, toWireQuery, wellKnown, z } from '../api/index.ts'
import { watchable } from '../domain/index.ts'
import type { ChannelDeps, Channels, OtherWays } from './channels.ts'
import { createFailover } from './failover.ts'
import { createProbe } from './probe.ts'
import { readReport, readResults, readSummary } from './read.ts'
import type { Reply } from './error.ts'
import { request } from './request.ts'
import type { ServiceState } from './service.ts'

/** The envelope of a batch's reply; each result is judged on its own. */
const envelope = z.object({ results: z.array(z.unknown()) })

/** The channels to the gateways of `deps.origins`. */
export function createChannels(given: ChannelDeps): Channels {
  let others: OtherWays = { origins: [], statusHosts: [] }
  const deps: ChannelDeps = {
    ...given,
    get origins() {
      return [...new Set([...given.origins, ...others.origins])]
    },
    get statusHosts() {
      return [...new Set([...(given.statusHosts ?? []), ...others.statusHosts])]
    },
  }
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
    wellKnown: (origin = given.origins[0] ?? '') => request(deps, { url: `${origin}/.well-known/piaozai.json`, named: false }, wellKnown),
    trustList: async () =>
      map(await request(deps, { url: `${given.origins[0] ?? ''}/trust-list.json`, named: false }, z.looseObject({})), JSON.stringify),
    origins: () => deps.origins,
    probe: createProbe(deps, ask, state),
    remember(report) {
      const { value } = state
      if (value.report === null) state.set({ ...value, report })
    },
    alsoUse({ origins, statusHosts }) {
      others = { origins: origins.filter(isOrigin), statusHosts: statusHosts.filter(isOrigin) }
    },
  }
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text
}

function map<T, U>(reply: Reply<T>, change: (value: T) => U): Reply<U> {
  return reply.ok ? { ok: true, value: change(reply.value) } : reply
}
