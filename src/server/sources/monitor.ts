import type { Instant } from '../../domain/index.ts'

/** How a source has been lately. */
export interface SourceHealth {
  /** `unknown` until it was first asked; `stopped`: the operator must act, it is not asked again by this process. */
  readonly state: 'unknown' | 'up' | 'down' | 'stopped'
  readonly since: Instant | null
  /** Milliseconds of the last answer. */
  readonly latencyMs: number | null
}

/** What this gateway has to say of a source by its own calls, whatever it heard. */
export interface OwnWord {
  readonly state: SourceHealth['state']
  /** Counts what there was to say: another state, and each turn that was taken or lost while it is down. */
  readonly revision: number
  /** The revision at which the state was last another one. */
  readonly changed: number
  /** When the call had begun that it rests on. */
  readonly begunAt: Instant
}

/** What another gateway says of it, in terms of the clock of this one. */
export interface News {
  readonly state: SourceHealth['state']
  /** Its state is another one than it was; else it only says that it tries. */
  readonly isChange: boolean
  /** It was not told before this instant, and its call had not begun before that one. */
  readonly toldAt: Instant
  readonly begunAt: Instant
}

/** Keeps what is known of one source, and when it may be asked again after a failure. */
export interface Monitor {
  health(): SourceHealth
  /** True when it may be asked now. While it is down that is once per probe interval, and asking takes that turn. */
  enter(now: Instant): boolean
  /** The same, without taking the turn. */
  mayEnter(now: Instant): boolean
  /** Milliseconds until it may be asked while it is down; 0 when it may now. */
  untilTurn(now: Instant): number
  /** True when nothing has been heard of it for a probe interval, or it is down. */
  isStale(now: Instant): boolean
  worked(now: Instant, latencyMs: number): void
  /**
   * A call that began at `begunAt` failed. If another one worked since then it is the question's fault, not the source's, and the source
   * stays up: one poison question does not stop the others.
   */
  failed(now: Instant, begunAt: Instant): void
  /** Failures in a row: which of the waiting questions to try next. */
  failures(): number
  stop(now: Instant): void
  /** What others should know; null while nothing is. */
  word(): OwnWord | null
  /**
   * Another gateway says something. What it lost is believed unless a call from here has worked since its call began: its network may be broken
   * and not the source. It says so once: what it only repeats puts off the next turn here, so that one of all tries at a time.
   */
  heard(now: Instant, news: News): void
}

/** The most milliseconds by which whoever tried last lets the others go first. */
const longestGraceMs = 1000

/**
 * The state of a source, not kept over a restart. It goes down at the first failure: the queries are parked, not lost, and the next probe,
 * never more than `probeMs` away whatever happened before, finds out. Among several gateways the next one probes; if it does not, this one does
 * a moment later.
 * @param onRecovered called when it works again after having been down.
 * @param onWord called when there is something to tell other gateways.
 */
export function createMonitor(probeMs: number, onRecovered: () => void, onWord: () => void = () => undefined): Monitor {
  const graceMs = Math.min(longestGraceMs, probeMs / 5)
  let health: SourceHealth = { state: 'unknown', since: null, latencyMs: null }
  let word: OwnWord | null = null
  let nextProbeAt: Instant = 0
  let heardAt: Instant = -Infinity
  let workedAt: Instant = -Infinity
  let othersAt: Instant = -Infinity
  let failures = 0

  function move(state: SourceHealth['state'], now: Instant, latencyMs: number | null): void {
    health = { state, since: health.state === state ? health.since : now, latencyMs }
    heardAt = now
  }
  function say(state: SourceHealth['state'], isChange: boolean, begunAt: Instant): void {
    const { revision = 0, changed = 0 } = word ?? {}
    word = { state, revision: revision + 1, changed: isChange ? revision + 1 : changed, begunAt }
    onWord()
  }
  function recover(now: Instant, latencyMs: number | null): void {
    const recovered = health.state === 'down'
    failures = 0
    move('up', now, latencyMs)
    if (recovered) onRecovered()
  }
  /** Whoever has just tried comes after those who have not, as long as there are any. */
  function putOff(now: Instant): void {
    const isAlone = Math.abs(now - othersAt) > 2 * (probeMs + graceMs)
    nextProbeAt = now + probeMs + (isAlone ? 0 : graceMs)
  }
  function untilTurn(now: Instant): number {
    const wait = health.state === 'down' ? nextProbeAt - now : 0
    // A turn that is further away than any was set before the clock was set back.
    return wait > probeMs + graceMs ? 0 : Math.max(0, wait)
  }
  const mayEnter = (now: Instant) => health.state !== 'stopped' && untilTurn(now) === 0

  return {
    health: () => health,
    word: () => word,
    mayEnter,
    untilTurn,
    isStale: (now) => health.state === 'down' || Math.abs(now - heardAt) >= probeMs,
    enter(now) {
      if (!mayEnter(now)) return false
      if (health.state === 'down') {
        putOff(now)
        say(word?.state ?? 'unknown', false, now)
      }
      return true
    },
    worked(now, latencyMs) {
      if (health.state === 'stopped') return
      const isNews = health.state !== 'up' || word?.state !== 'up'
      workedAt = now
      recover(now, latencyMs)
      if (isNews) say('up', true, now - latencyMs)
    },
    failures: () => failures,
    failed(now, begunAt) {
      if (health.state === 'stopped' || (health.state === 'up' && workedAt >= begunAt)) return
      failures += 1
      move('down', now, health.latencyMs)
      putOff(now)
      say('down', word?.state !== 'down', begunAt)
    },
    stop(now) {
      if (health.state === 'stopped') return
      move('stopped', now, health.latencyMs)
      say('stopped', true, now)
    },
    heard(now, { state, isChange, toldAt, begunAt }) {
      if (health.state === 'stopped') return
      const isBelieved = isChange && (state === 'up' ? health.state === 'down' : workedAt < begunAt)
      if (isBelieved && state === 'up') recover(now, health.latencyMs)
      if (isBelieved && (state === 'down' || state === 'stopped')) move(state, now, health.latencyMs)
      if (health.state !== 'down' || (isChange && state === 'up')) return
      othersAt = now
      nextProbeAt = Math.max(nextProbeAt, toldAt + probeMs)
    },
  }
}
