import type { Clock } from '../clock.ts'
import { faultOf, type Logger } from '../log.ts'
import { leaseMs, type Questions } from '../query/questions.ts'
import type { Gate } from '../sources/gate.ts'
import type { Store } from '../store/store.ts'

/** Asks parked questions again, by itself, for as long as the gateway runs. */
export interface Worker {
  /** Looks now instead of at the next probe. */
  wake(): void
  /** Resolves when the round under way is finished. */
  stop(): Promise<void>
}

export interface WorkerNeeds {
  readonly store: Store
  readonly gates: readonly Gate[]
  readonly questions: Questions
  readonly clock: Clock
  readonly log: Logger
  readonly probeMs: number
}

/** Questions taken at a time from each waiting line. */
const width = 16

/**
 * Starts the worker: at once, then at every probe interval and whenever it is woken, the oldest due questions are asked again.
 * A source that is down gets one question per interval, the oldest; when that is answered the rest follows.
 */
export function startWorker({ store, gates, questions, clock, log, probeMs }: WorkerNeeds): Worker {
  let stopping = false
  let alarm = new AbortController()

  /** Asks what is due for one source (null: for none in particular); true if something was. */
  async function drainOne(source: string | null, limit: number): Promise<boolean> {
    const now = clock.now()
    const due = await store.lease({ source, now, until: now + leaseMs, limit })
    await Promise.all(due.map((open) => questions.ask(open)))
    return due.length > 0
  }

  async function drainFor(gate: Gate): Promise<boolean> {
    if (!gate.monitor.mayEnter(clock.now())) return false
    const limit = gate.monitor.health().state === 'up' ? width : 1
    const asked = await drainOne(gate.source.id, limit)
    if (!asked) await gate.probe()
    // Only a source that works is asked again at once.
    return asked && gate.monitor.health().state === 'up'
  }

  async function pass(): Promise<boolean> {
    const more = await Promise.all([drainOne(null, width), ...gates.map(drainFor)])
    return more.includes(true)
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      alarm = new AbortController()
      const more = await pass().catch((error: unknown) => {
        log.error(faultOf(error), 'parked questions could not be asked')
        return false
      })
      if (!more && !stopping) await clock.sleep(probeMs, alarm.signal)
    }
  }
  const running = loop()

  return {
    wake: () => alarm.abort(),
    async stop() {
      stopping = true
      alarm.abort()
      await running
    },
  }
}
