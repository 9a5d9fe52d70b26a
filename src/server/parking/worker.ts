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
/** While a source is down, each probe tries another one of so many oldest questions: the oldest may be the only one that fails. */
const rotation = 8

/**
 * Starts the worker: at once, then at every probe interval and whenever it is woken, the oldest due questions are asked again. Each source has
 * a waiting line of its own, so that a slow one holds up nobody else. A source that is down gets one question per interval; when that is
 * answered the rest follows.
 */
export function startWorker({ store, gates, questions, clock, log, probeMs }: WorkerNeeds): Worker {
  let stopping = false
  const alarms = new Set<AbortController>()

  /** Asks what is due for one source (null: for none in particular); true if something was. */
  async function askDue(source: string | null, limit: number, skip = 0): Promise<boolean> {
    const now = clock.now()
    const due = await store.lease({ source, now, until: now + leaseMs, limit, skip })
    await Promise.all(due.map((open) => questions.ask(open, 'itself')))
    return due.length > 0
  }

  /** One turn of a source's line; true when there may be more to do at once. */
  async function drain({ source, monitor, probe }: Gate): Promise<boolean> {
    if (!monitor.mayEnter(clock.now())) return false
    const { id } = source
    const skip = monitor.failures() % rotation
    const asked =
      monitor.health().state === 'up' ? await askDue(id, width) : (skip > 0 && (await askDue(id, 1, skip))) || (await askDue(id, 1))
    if (!asked) await probe()
    return asked && monitor.health().state === 'up'
  }

  async function line(turn: () => Promise<boolean>): Promise<void> {
    while (!stopping) {
      const alarm = new AbortController()
      alarms.add(alarm)
      const more = await turn().catch((error: unknown) => {
        log.error(faultOf(error), 'parked questions could not be asked')
        return false
      })
      if (!more && !stopping) await clock.sleep(probeMs, alarm.signal)
      alarms.delete(alarm)
    }
  }
  const lines = Promise.all([line(() => askDue(null, width)), ...gates.map((gate) => line(() => drain(gate)))])

  function wake(): void {
    for (const alarm of alarms) alarm.abort()
  }
  return {
    wake,
    async stop() {
      stopping = true
      wake()
      await lines
    },
  }
}
