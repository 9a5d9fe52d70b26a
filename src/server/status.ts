import { createHash } from 'node:crypto'
import { toWireTime, type ServiceStatus } from '../api/index.ts'
import type { Instant } from '../domain/index.ts'
import { TimeoutError, withTimeout, type Clock } from './clock.ts'
import type { Questions } from './query/questions.ts'
import type { Gate } from './sources/gate.ts'
import type { SourceHealth } from './sources/monitor.ts'
import { isRemote } from './sources/source.ts'
import { StoreAway, type Store } from './store/store.ts'

/** The service status as text, with its entity tag. */
export interface StatusFile {
  readonly body: string
  readonly etag: string
}

export interface StatusNeeds {
  readonly store: Store
  readonly gates: readonly Gate[]
  readonly questions: Questions
  readonly clock: Clock
  /** Online queries are suspended by the operator. */
  readonly maintenance: boolean
}

/** Milliseconds for which the same file is served, however many ask. */
const freshMs = 2000

/** Milliseconds for what the store has to say: whoever looks whether we are well does not wait for what is not. */
const longestMs = 1000

/** What the store last said of the queue, when that was, and since when it says nothing. */
interface Known {
  readonly queue: Awaited<ReturnType<Store['queue']>>
  readonly asOf: Instant
  readonly awaySince: Instant | null
}

/**
 * Looks at the queue once, so that there is always something to tell: while the store is away it is what was known last, as old as it says it is, and
 * the gateway is `degraded`, for it takes nothing in.
 * @returns what gives the current status file.
 */
export async function createStatus(needs: StatusNeeds): Promise<() => Promise<StatusFile>> {
  const { store, clock } = needs
  const startedAt = clock.now()
  let known: Known = { queue: await store.queue(), asOf: startedAt, awaySince: null }

  async function look(): Promise<Known> {
    try {
      known = { queue: await withTimeout(clock, longestMs, () => store.queue()), asOf: clock.now(), awaySince: null }
    } catch (error) {
      if (!(error instanceof StoreAway || error instanceof TimeoutError)) throw error
      known = { ...known, awaySince: known.awaySince ?? clock.now() }
    }
    return known
  }

  async function write(): Promise<StatusFile> {
    const body = JSON.stringify(statusOf(needs, startedAt, await look()))
    return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
  }

  let last: { readonly at: number; readonly file: Promise<StatusFile> } | null = null
  return () => {
    const now = needs.clock.now()
    if (last === null || now - last.at >= freshMs || now < last.at) last = { at: now, file: write() }
    return last.file
  }
}

const words = { unknown: 'unknown', up: 'up', down: 'down', stopped: 'down' } as const satisfies Record<SourceHealth['state'], string>

function statusOf({ gates, questions, maintenance }: StatusNeeds, startedAt: Instant, { queue, asOf, awaySince }: Known): ServiceStatus {
  const { parked, oldest } = queue
  const sources = gates.map(({ source, monitor }) => {
    const { state, since, latencyMs } = monitor.health()
    // What is asked within this process works as long as the process does.
    const own = isRemote(source) ? words[state] : 'up'
    return {
      id: source.id,
      name: source.name,
      class: source.class,
      state: own,
      since: since === null ? null : toWireTime(since),
      latencyMs,
    }
  })
  const state = awaySince === null ? 'up' : 'degraded'
  const gateway = { id: 'gateway', name: 'Gateway', state, since: toWireTime(awaySince ?? startedAt), latencyMs: null } as const
  return {
    mode: maintenance ? 'maintenance' : modeOf([gateway, ...sources]),
    asOf: toWireTime(asOf),
    components: [gateway, ...sources],
    incidents: [],
    queue: { parked, oldest: oldest === null ? null : toWireTime(oldest), drainPerMinute: questions.answeredPerMinute() },
  }
}

/** Outage: every source that speaks for the authority is down. Degraded: some source is, or the gateway cannot take anything in. */
function modeOf(components: readonly { readonly class?: string; readonly state: string }[]): ServiceStatus['mode'] {
  const authorities = components.filter((one) => one.class === 'authority')
  if (authorities.length > 0 && authorities.every((one) => one.state === 'down')) return 'outage'
  return components.some((one) => one.state === 'down' || one.state === 'degraded') ? 'degraded' : 'normal'
}
