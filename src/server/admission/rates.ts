import type { Clock } from '../clock.ts'
import type { RateLimit } from '../config.ts'
import type { HashedSender } from '../store/store.ts'

/** Buckets of tokens, one per device and one per network; the keys are hashes, and nothing outlives the process or 48 hours. */
export interface Rates {
  /** Takes `count` tokens from both buckets. @returns 0 when they were there, else the seconds until they can be, and nothing is taken. */
  take(sender: HashedSender, count: number): number
}

interface Bucket {
  tokens: number
  at: number
  movedAt: number
}

const most = 200_000

/** Seconds until a bucket holds so many tokens; not above 0 when it does. */
function secondsUntil(count: number, { tokens }: Bucket, { perMinute }: RateLimit): number {
  return ((count - tokens) * 60) / perMinute
}

export function createRates(clock: Clock, limits: { readonly device: RateLimit; readonly network: RateLimit }): Rates {
  const buckets = new Map<string, Bucket>()

  function level(key: string, { perMinute, burst }: RateLimit, now: number): Bucket {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now, movedAt: -Infinity }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 60_000) * perMinute)
    bucket.at = now
    // Moved to the end once a minute: the map is in the order of last use, as far as that matters to who is forgotten.
    if (Math.abs(now - bucket.movedAt) >= 60_000) {
      bucket.movedAt = now
      buckets.delete(key)
      buckets.set(key, bucket)
    }
    return bucket
  }

  function forget(now: number): void {
    for (const [key, { at }] of buckets) {
      if (buckets.size <= most && now - at < 48 * 3_600_000) return
      buckets.delete(key)
    }
  }

  return {
    take({ device, network }, count) {
      const now = clock.now()
      forget(now)
      const own = level(device, limits.device, now)
      const shared = level(network, limits.network, now)
      const wait = Math.max(secondsUntil(count, own, limits.device), secondsUntil(count, shared, limits.network))
      if (wait > 0) return Math.max(1, Math.ceil(wait))
      own.tokens -= count
      shared.tokens -= count
      return 0
    },
  }
}
