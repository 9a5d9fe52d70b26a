import type { Instant, ParkingReason } from '../../domain/index.ts'
import type { SourceHealth } from '../sources/monitor.ts'

export interface Waiting {
  readonly notBefore: Instant
  readonly now: Instant
  readonly probeSeconds: number
}

/** Seconds after which somebody who has guessed too often may see whether some of it is forgotten. */
export const spentSeconds = 3600

const longestSeconds = 15 * 60
const morningSpreadSeconds = 10 * 60

/** True for a question that waits in line, not for a time of its own. */
export function isInLine(
  { reason, notBefore }: { readonly reason: ParkingReason | null; readonly notBefore: Instant },
  now: Instant,
): boolean {
  return (reason === null || reason === 'source-down' || reason === 'overload') && notBefore <= now
}

/**
 * Seconds after which it makes sense for a device to look again at a question with a time of its own: some while after that time.
 * @param fraction uniform in [0, 1).
 */
export function retryAfter({ notBefore, now, probeSeconds }: Waiting, fraction: number): number {
  const seconds = Math.max(0, notBefore - now) / 1000
  return Math.ceil(seconds + probeSeconds + fraction * Math.min(morningSpreadSeconds, Math.max(seconds, probeSeconds)))
}

/**
 * Seconds until one waits in vain no longer for a source that is down: that grows with the outage (a quarter of its age, at most 15 minutes).
 * @param health of the source, or null when it waits for any.
 */
export function outageWait(health: SourceHealth | null, now: Instant, probeSeconds: number): number {
  const seconds = health?.state === 'down' && health.since !== null ? (now - health.since) / 1000 : 0
  return Math.min(longestSeconds, Math.max(probeSeconds, seconds / 4))
}

/** `Retry-After` of a reply that did no work: 429 and 503. */
export function spread(seconds: number, fraction: number): number {
  return Math.ceil(seconds * (1 + fraction))
}
