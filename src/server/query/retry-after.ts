import type { Instant, ParkingReason } from '../../domain/index.ts'
import type { SourceHealth } from '../sources/monitor.ts'

export interface Waiting {
  readonly reason: ParkingReason
  readonly notBefore: Instant
  readonly now: Instant
  /** The source it waits for, if it waits for one. */
  readonly health: SourceHealth | null
  readonly probeSeconds: number
}

const longestSeconds = 15 * 60
const morningSpreadSeconds = 10 * 60

/**
 * Seconds after which it makes sense for a device to look again: never constant, so that devices do not come back together.
 * While a source is down the wait grows with the outage (a quarter of its age, at most 15 minutes); a question with a time of its own
 * has an answer some while after that time.
 * @param fraction uniform in [0, 1).
 */
export function retryAfter({ reason, notBefore, now, health, probeSeconds }: Waiting, fraction: number): number {
  if (reason !== 'source-down' || notBefore > now) {
    const seconds = Math.max(0, notBefore - now) / 1000
    return Math.ceil(seconds + probeSeconds + fraction * Math.min(morningSpreadSeconds, Math.max(seconds, probeSeconds)))
  }
  const outageSeconds = health?.state === 'down' && health.since !== null ? (now - health.since) / 1000 : 0
  const least = Math.min(longestSeconds, Math.max(probeSeconds, outageSeconds / 4))
  return Math.ceil(least * (1 + fraction))
}

/** `Retry-After` of a reply that did no work: 429 and 503. */
export function spread(seconds: number, fraction: number): number {
  return Math.ceil(seconds * (1 + fraction))
}
