import type { Instant } from '../../domain/index.ts'

/** How a source has been lately. */
export interface SourceHealth {
  /** `unknown` until it was first asked; `stopped`: the operator must act, it is not asked again by this process. */
  readonly state: 'unknown' | 'up' | 'down' | 'stopped'
  readonly since: Instant | null
  /** Milliseconds of the last answer. */
  readonly latencyMs: number | null
}

/** Keeps what is known of one source, and when it may be asked again after a failure. */
export interface Monitor {
  health(): SourceHealth
  /** True when it may be asked now. While it is down that is once per probe interval, and asking takes that turn. */
  enter(now: Instant): boolean
  /** The same, without taking the turn. */
  mayEnter(now: Instant): boolean
  /** True when nothing has been heard of it for a probe interval. */
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
}

/**
 * The state of a source, not kept over a restart. It goes down at the first failure: the queries are parked, not lost, and the next probe,
 * never more than `probeMs` away whatever happened before, finds out.
 * @param onRecovered called when it works again after having been down.
 */
export function createMonitor(probeMs: number, onRecovered: () => void): Monitor {
  let health: SourceHealth = { state: 'unknown', since: null, latencyMs: null }
  let nextProbeAt: Instant = 0
  let heardAt: Instant = -Infinity
  let workedAt: Instant = -Infinity
  let failures = 0

  function move(state: SourceHealth['state'], now: Instant, latencyMs: number | null): void {
    health = { state, since: health.state === state ? health.since : now, latencyMs }
    heardAt = now
  }
  // A turn that is further away than an interval was set before the clock was set back.
  const isTurn = (now: Instant) => now >= nextProbeAt || nextProbeAt - now > probeMs
  const mayEnter = (now: Instant) => health.state !== 'stopped' && (health.state !== 'down' || isTurn(now))

  return {
    health: () => health,
    mayEnter,
    isStale: (now) => Math.abs(now - heardAt) >= probeMs,
    enter(now) {
      if (!mayEnter(now)) return false
      if (health.state === 'down') nextProbeAt = now + probeMs
      return true
    },
    worked(now, latencyMs) {
      if (health.state === 'stopped') return
      const recovered = health.state === 'down'
      workedAt = now
      failures = 0
      move('up', now, latencyMs)
      if (recovered) onRecovered()
    },
    failures: () => failures,
    failed(now, begunAt) {
      if (health.state === 'stopped' || (health.state === 'up' && workedAt >= begunAt)) return
      failures += 1
      move('down', now, health.latencyMs)
      nextProbeAt = now + probeMs
    },
    stop(now) {
      move('stopped', now, health.latencyMs)
    },
  }
}
