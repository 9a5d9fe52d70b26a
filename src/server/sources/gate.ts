import { dateAt, type Elements } from '../../domain/index.ts'
import { withTimeout, type Clock } from '../clock.ts'
import { faultOf, type Logger } from '../log.ts'
import { newRowId, type Random } from '../random.ts'
import { lookless, type EndedCall, type Store } from '../store/store.ts'
import { createMonitor, type Monitor } from './monitor.ts'
import type { Said, Source } from './source.ts'
import { createTurnstile } from './turnstile.ts'

/** A source behind everything that protects it and us: monitor, time limit, number of calls at once, the day's looks. */
export interface Gate {
  readonly source: Source
  readonly monitor: Monitor
  /** Asks, if it may be asked now. Never throws: every fault of the source is the outcome `unavailable`. */
  ask(question: { readonly invoice: string; readonly elements: Elements }): Promise<Heard>
  /** Finds out whether it works, unless that is known. */
  probe(): Promise<void>
}

/** What came back from a source. */
export interface Heard extends Said {
  /** It failed at this question while it worked for others. */
  readonly failedAlone: boolean
  /** The look this took, to be noted with what comes of it; null when it took none. */
  readonly call: EndedCall | null
}

export interface GateNeeds {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly probeMs: number
  readonly onRecovered: () => void
}

/** Calls of one source at a time. */
const width = 10
/** The authority answers five questions per invoice and day, whoever asks. */
export const looksPerDay = 5
/** Milliseconds a source has for an answer: less than a request has. */
export const sourceTimeoutMs = 4000

/** A source that says of itself that it cannot answer is treated as one that fails. */
async function askOnce(source: Source, elements: Elements, signal: AbortSignal): Promise<Said> {
  const said = await source.ask(elements, signal)
  if (said.outcome === 'unavailable') throw new Error('the source said that it cannot answer')
  return said
}

const unavailable: Said = { outcome: 'unavailable', asOf: null }

export function createGate(source: Source, needs: GateNeeds): Gate {
  const { store, clock, random, log, probeMs, onRecovered } = needs
  const monitor = createMonitor(probeMs, onRecovered)
  const pass = createTurnstile(width)

  /** Runs one exchange with the source and notes how it went. */
  async function exchange<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const begun = clock.now()
    try {
      const result = await withTimeout(clock, sourceTimeoutMs, work)
      monitor.worked(clock.now(), clock.now() - begun)
      return result
    } catch (error) {
      const before = monitor.health().state
      monitor.failed(clock.now(), begun)
      if (before !== 'down') log.warn({ source: source.id, state: monitor.health().state, ...faultOf(error) }, 'a source did not answer')
      return null
    }
  }

  async function ask({ invoice, elements }: { readonly invoice: string; readonly elements: Elements }): Promise<Heard> {
    if (!monitor.enter(clock.now())) return { ...unavailable, failedAlone: false, call: null }
    const call = { id: newRowId(random), source: source.id, invoice, day: dateAt(clock.now()), at: clock.now() }
    if (source.metered && !(await store.charge(call, looksPerDay)))
      return { outcome: 'daily-limit', asOf: null, failedAlone: false, call: null }
    const said = (await exchange((signal) => askOnce(source, elements, signal))) ?? unavailable
    const failedAlone = said === unavailable && monitor.health().state === 'up'
    const ended = source.metered ? { id: call.id, outcome: said.outcome } : null
    const tookLook = !lookless.includes(said.outcome)
    if (ended && !tookLook) await store.endCall(ended)
    if (said.outcome === 'operator-fault') {
      log.error({ source: source.id }, 'source is stopped: the operator must act')
      monitor.stop(clock.now())
    }
    return { ...said, failedAlone, call: tookLook ? ended : null }
  }

  return {
    source,
    monitor,
    ask: (question) => pass(() => ask(question)),
    async probe() {
      const probe = source.probe?.bind(source)
      if (probe && monitor.isStale(clock.now()) && monitor.enter(clock.now())) await exchange(probe)
    },
  }
}
