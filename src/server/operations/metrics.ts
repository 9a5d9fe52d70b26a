import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Load } from '../admission/load.ts'
import { withTimeout, type Clock } from '../clock.ts'
import type { Questions } from '../query/questions.ts'
import type { Gate } from '../sources/gate.ts'
import type { Store } from '../store/store.ts'
import type { OnCall } from './watched-source.ts'

/** What a gateway counts. Labels name routes, sources and outcomes: nothing of a query, a device or an address. */
export interface Metrics {
  readonly onCall: OnCall
  /** A request was answered. `route` is the pattern, never the path; `seconds` it took. */
  onRequest(route: string, status: number, seconds: number): void
  /** Everything in the text format of Prometheus. */
  text(needs: MetricsNeeds): Promise<{ readonly contentType: string; readonly body: string }>
}

export interface MetricsNeeds {
  readonly store: Store
  readonly gates: readonly Gate[]
  readonly questions: Questions
  readonly load: Load
  readonly clock: Clock
}

/** Milliseconds for what the store has to say: whoever reads metrics of a gateway in trouble does not wait long. */
const longestMs = 2000

/** CPU, memory, event loop, garbage collection: of the process, so once in a process however many gateways it holds. */
let ofProcess: Registry | null = null
function processRegistry(): Registry {
  if (ofProcess === null) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
  const requests = new Counter({
    name: 'piaozai_http_requests_total',
    help: 'Requests answered, by route and status',
    labelNames: ['route', 'status'],
    registers,
  })
  const took = new Histogram({
    name: 'piaozai_http_request_seconds',
    help: 'Time to the answer, by route',
    labelNames: ['route'],
    buckets: seconds,
    registers,
  })
  const calls = new Histogram({
    name: 'piaozai_source_seconds',
    help: 'Time a source took, by source and outcome: not-found, no-record and mismatch are misses',
    labelNames: ['source', 'outcome'],
    buckets: seconds,
    registers,
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers })
  const up = gauge('piaozai_source_up', 'Whether a source works: 1, 0, or -1 while that is not known', ['source'])
  const parked = gauge('piaozai_queue_parked', 'Queries that wait for a source')
  const oldest = gauge('piaozai_queue_oldest_seconds', 'How long the oldest of them has waited')
  const answered = gauge('piaozai_answered_last_minute', 'Questions this gateway answered in the last minute')
  const inside = gauge('piaozai_requests_inside', 'Requests being worked on')
  const shed = gauge('piaozai_requests_shed', 'Requests sent away under load since the start')
  const pressed = gauge('piaozai_under_pressure', 'Whether only the announced rate is let in, by reason', ['reason'])

  return {
    onCall: (source, time, outcome) => calls.observe({ source, outcome }, time),
    onRequest(route, status, time) {
      requests.inc({ route, status })
      took.observe({ route }, time)
    },
    async text({ store, gates, questions, load, clock }) {
      // What cannot be read now is left out rather than told wrongly.
      const queue = await withTimeout(clock, longestMs, () => store.queue()).catch(() => null)
      for (const one of [parked, oldest]) one.reset()
      if (queue !== null) {
        parked.set(queue.parked)
        oldest.set(queue.oldest === null ? 0 : Math.max(0, clock.now() - queue.oldest) / 1000)
      } else for (const one of [parked, oldest]) one.remove()
      for (const { source, monitor } of gates) {
        const { state } = monitor.health()
        up.set({ source: source.id }, state === 'up' ? 1 : state === 'unknown' ? -1 : 0)
      }
      answered.set(questions.answeredPerMinute())
      inside.set(load.inside())
      shed.set(load.shed())
      const reason = load.pressure()
      for (const one of ['event-loop', 'memory', 'queue']) pressed.set({ reason: one }, one === reason ? 1 : 0)
      const body = await Registry.merge([processRegistry(), registry]).metrics()
      return { contentType: registry.contentType, body }
    },
  }
}
