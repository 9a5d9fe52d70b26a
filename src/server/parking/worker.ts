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
  /** Hears what other gateways say of the sources. Never rejects. */
  readonly hear: () => Promise<void>
}

/** Questions that wait for no source in particular, asked at a time. */
const usualWidth = 16
/** While a source is down, each probe tries another one of so many oldest questions: the oldest may be the only one that fails. */
const rotation = 8

/**
 * Starts the worker: at once, then at every probe interval and whenever it is woken, the oldest due questions are asked again. Each source has
 * a waiting line of its own, so that a slow one holds up nobody else. A source that is down gets one question per interval; when that is
 * answered the rest follows.
 */
export function startWorker({ store, gates, questions, clock, log, probeMs, hear }: WorkerNeeds): Worker {
  let stopping = false
  const alarms = new Set<AbortController>()

  /** Begins to ask what is due for one source (null: for none in particular). */
  async function begin(source: string | null, limit: number, skip = 0): Promise<Promise<void>[]> {
    const now = clock.now()
    const due = await store.lease({ source, now, until: now + leaseMs, limit, skip })
    return due.map((open) => questions.askAgain(open))
  }

  async function askOne(source: string, skip: number): Promise<boolean> {
    const [asked] = await begin(source, 1, skip)
    await asked
    return asked !== undefined
  }

  /**
   * Asks whatever is due, so many at a time: as soon as half of them have come back others take their place, so that a slow one holds up nobody.
   * @returns true if something was due.
   */
  async function pump(source: string | null, width: number, goesOn: () => boolean): Promise<boolean> {
    const running = new Set<Promise<void>>()
    let any = false
    for (let more = true; more && !stopping && goesOn();) {
      const room = width - running.size
      const asked = room * 2 >= width ? await begin(source, room) : null
      for (const one of asked ?? []) {
        const round = one.finally(() => running.delete(round))
        running.add(round)
      }
      any ||= running.size > 0
      more = asked === null || asked.length > 0
      if (more) await Promise.race(running)
    }
    await Promise.all(running)
    return any
  }

  /** One turn of a source's line; true when there may be more to do at once. */
  async function drain({ source, monitor, width, probe }: Gate): Promise<boolean> {
    if (!monitor.mayEnter(clock.now())) return false
    // Another gateway may have tried it in the meantime, or found that it works.
    if (monitor.health().state === 'down') await hear()
    if (!monitor.mayEnter(clock.now())) return false
    const { id } = source
    const isUp = () => monitor.health().state === 'up'
    const skip = monitor.failures() % rotation
    // Twice what it takes at a time: the next ones are at hand.
    const asked = isUp() ? await pump(id, 2 * width, isUp) : (skip > 0 && (await askOne(id, skip))) || (await askOne(id, 0))
    if (!asked) await probe()
    return asked && isUp()
  }

  /** @param pause milliseconds until there is something to do again, if nobody wakes it. */
  async function line(turn: () => Promise<boolean>, pause: () => number): Promise<void> {
    while (!stopping) {
      const alarm = new AbortController()
      alarms.add(alarm)
      const more = await turn().catch((error: unknown) => {
        log.error(faultOf(error), 'parked questions could not be asked')
        return false
      })
      if (!more && !stopping) await clock.sleep(pause(), alarm.signal)
      alarms.delete(alarm)
    }
  }
  /** Until the source may be asked again, and a probe interval when it may now. */
  const untilTurn = ({ monitor }: Gate) => Math.min(monitor.untilTurn(clock.now()), probeMs) || probeMs
  const forAny = () => pump(null, usualWidth, () => true)
  const ofSources = gates.map((gate) =>
    line(
      () => drain(gate),
      () => untilTurn(gate),
    ),
  )
  const lines = Promise.all([line(forAny, () => probeMs), ...ofSources])

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
