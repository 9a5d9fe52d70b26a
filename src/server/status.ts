import { createHash } from 'node:crypto'
import { toWireTime, type ServiceStatus } from '../api/index.ts'
import type { Clock } from './clock.ts'
import type { Questions } from './query/questions.ts'
import type { Gate } from './sources/gate.ts'
import type { SourceHealth } from './sources/monitor.ts'
import { isRemote } from './sources/source.ts'
import type { Store } from './store/store.ts'

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

/** @returns what gives the current status file. */
export function createStatus(needs: StatusNeeds): () => Promise<StatusFile> {
  const startedAt = needs.clock.now()
  let last: { readonly at: number; readonly file: Promise<StatusFile> } | null = null
  return () => {
    const now = needs.clock.now()
    if (last === null || now - last.at >= freshMs || now < last.at) last = { at: now, file: write(needs, startedAt) }
    return last.file
  }
}

async function write(needs: StatusNeeds, startedAt: number): Promise<StatusFile> {
  const body = JSON.stringify(await statusNow(needs, startedAt))
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

const words = { unknown: 'unknown', up: 'up', down: 'down', stopped: 'down' } as const satisfies Record<SourceHealth['state'], string>

async function statusNow({ store, gates, questions, clock, maintenance }: StatusNeeds, startedAt: number): Promise<ServiceStatus> {
  const { parked, oldest } = await store.queue()
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
  return {
    mode: maintenance ? 'maintenance' : modeOf(sources),
    asOf: toWireTime(clock.now()),
    components: [{ id: 'gateway', name: 'Gateway', state: 'up', since: toWireTime(startedAt), latencyMs: null }, ...sources],
    incidents: [],
    queue: { parked, oldest: oldest === null ? null : toWireTime(oldest), drainPerMinute: questions.answeredPerMinute() },
  }
}

/** Outage: every source that speaks for the authority is down. Degraded: some source is. */
function modeOf(sources: readonly { readonly class: string; readonly state: string }[]): ServiceStatus['mode'] {
  const authorities = sources.filter((one) => one.class === 'authority')
  if (authorities.length > 0 && authorities.every((one) => one.state === 'down')) return 'outage'
  return sources.some((one) => one.state === 'down') ? 'degraded' : 'normal'
}
