import { addDays, dateAt, instantOn, type Elements, type Instant } from '../../domain/index.ts'
import { withTimeout, type Clock } from '../clock.ts'
import { faultOf, type Logger } from '../log.ts'
import { newRowId, type Random } from '../random.ts'
import { lookless, type EndedCall } from '../store/call.ts'
import type { Store } from '../store/store.ts'
import { createMeter } from '../meter.ts'
import { createMonitor, type Monitor } from './monitor.ts'
import { createPacer, createSharedPacer } from './pacer.ts'
import type { Pace, Said, Source } from './source.ts'
import { createTurnstile } from './turnstile.ts'

/** A source behind everything that protects it and us: monitor, time limit, pace, the invoice's looks and the day's budget. */
export interface Gate {
  readonly source: Source
  readonly monitor: Monitor
  /** Calls at a time. */
  readonly width: number
  /** Asks, if it may be asked now. Never throws: every fault of the source is the outcome `unavailable`. */
  ask(question: Asked): Promise<Heard>
  /** Answers a second it gives at most: what it grants, or what it gave lately; null while nobody knows. */
  perSecond(): number | null
  /** Finds out whether it works, unless that is known. */
  probe(): Promise<void>
}

export interface Asked {
  readonly invoice: string
  readonly elements: Elements
  /** The looks of the invoice's day that may be spent on this. */
  readonly looks: number
}

/** What came back from a source. */
export interface Heard extends Said {
  /** With `unavailable`: why, and from when on it makes sense to ask again (0: whenever it works). */
  readonly unanswered?: { readonly why: Unanswered; readonly until: Instant }
  /** The look this took, to be noted with what comes of it; null when it took none. */
  readonly call: EndedCall | null
}

/**
 * `down`: for everybody, or stopped. `alone`: it failed at this question while it worked for others. `busy`: it is asked as fast as it may be.
 * `budget`: the day's calls are spent. `later`: it works and will know later.
 */
export type Unanswered = 'down' | 'alone' | 'busy' | 'budget' | 'later'

export interface GateNeeds {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly probeMs: number
  /** Calls it may be asked a day; null: as many as come. */
  readonly budget: number | null
  readonly onRecovered: () => void
  /** There is something to tell other gateways. */
  readonly onWord: () => void
}

const usualPace: Pace = { timeoutMs: 4000, width: 10, perSecond: Infinity }
/** Milliseconds a question waits for its turn before it is parked instead. */
const longestWaitMs = 1000
/** Milliseconds before a question that fails alone is tried again. */
const poisonMs = 20_000
/** Seconds after which how fast it answers is measured. */
const knownAfter = 10

/** A source that says of itself that it cannot answer is treated as one that fails, unless it says when it will. */
async function askOnce(source: Source, elements: Elements, signal: AbortSignal): Promise<Said> {
  const said = await source.ask(elements, signal)
  if (said.outcome === 'unavailable' && said.retryAt === undefined) throw new Error('the source said that it cannot answer')
  return said
}

export function createGate(source: Source, needs: GateNeeds): Gate {
  const { store, clock, random, log, probeMs, budget, onRecovered, onWord } = needs
  const pace = { ...usualPace, ...source.pace }
  const monitor = createMonitor(probeMs, onRecovered, onWord)
  const pass = createTurnstile(pace.width)
  const isShared = store.isShared && Number.isFinite(pace.perSecond)
  const pacer = isShared ? createSharedPacer(source.id, pace.perSecond, store, clock) : createPacer(pace.perSecond, clock)
  const meter = createMeter()

  /** Runs one exchange with the source and notes how it went. */
  async function exchange<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    const begun = clock.now()
    try {
      const result = await withTimeout(clock, pace.timeoutMs, work)
      monitor.worked(clock.now(), clock.now() - begun)
      meter.count(clock.now())
      return result
    } catch (error) {
      const before = monitor.health().state
      monitor.failed(clock.now(), begun)
      if (before !== 'down') log.warn({ source: source.id, state: monitor.health().state, ...faultOf(error) }, 'a source did not answer')
      return null
    }
  }

  function unanswered(why: Unanswered, until: Instant = 0): Heard {
    return { outcome: 'unavailable', asOf: null, unanswered: { why, until }, call: null }
  }

  /** Charges a call to the invoice's looks and the source's day. @returns what to tell instead when there is nothing left. */
  async function charge(id: string, { invoice, looks }: Asked): Promise<Heard | null> {
    const day = dateAt(clock.now())
    const charged = await store.charge({ id, source: source.id, invoice, day, at: clock.now() }, { looks, budget })
    if (charged === 'looks-spent') return { outcome: 'daily-limit', asOf: null, call: null }
    return charged === 'budget-spent' ? unanswered('budget', instantOn(addDays(day, 1))) : null
  }

  async function ask(question: Asked): Promise<Heard> {
    if (!monitor.mayEnter(clock.now())) return unanswered('down')
    const turn = await pacer.take(longestWaitMs)
    if (turn === null) return unanswered('busy', clock.now() + longestWaitMs)
    if (turn > 0) await clock.sleep(turn)
    if (!monitor.enter(clock.now())) return unanswered('down')
    const id = newRowId(clock.now(), random)
    const spent = source.metered ? await charge(id, question) : null
    if (spent !== null) return spent
    const said = await exchange((signal) => askOnce(source, question.elements, signal))
    const outcome = said?.outcome ?? 'unavailable'
    const tookLook = source.metered && !lookless.includes(outcome)
    if (source.metered && !tookLook) await store.endCall({ id, outcome })
    if (said === null) return monitor.health().state === 'up' ? unanswered('alone', clock.now() + poisonMs) : unanswered('down')
    if (outcome === 'operator-fault') {
      log.error({ source: source.id }, 'source is stopped: the operator must act')
      monitor.stop(clock.now())
    }
    return {
      ...said,
      ...(said.retryAt !== undefined && { unanswered: { why: 'later', until: said.retryAt } }),
      call: tookLook ? { id, outcome } : null,
    }
  }

  return {
    source,
    monitor,
    width: Math.max(1, Math.min(pace.width, pace.perSecond)),
    ask: (question) => pass(() => ask(question)),
    perSecond() {
      const now = clock.now()
      const seconds = Math.min(60, (now - (monitor.health().since ?? now)) / 1000)
      if (seconds < knownAfter) return Number.isFinite(pace.perSecond) ? pace.perSecond : null
      return Math.min(pace.perSecond, meter.lastMinute(now) / seconds)
    },
    async probe() {
      const probe = source.probe?.bind(source)
      if (probe && monitor.isStale(clock.now()) && monitor.enter(clock.now())) await exchange(probe)
    },
  }
}
