import type { Clock } from '../clock.ts'
import type { RateLimit } from '../config.ts'
import type { HashedSender } from '../store/store.ts'
import { createForgetful } from './forgetful.ts'

/** Buckets of tokens, one per device and one per network; the keys are hashes, and nothing outlives the process or 48 hours. */
export interface Rates {
  /** Takes `count` tokens from both buckets. @returns 0 when they were there, else the seconds until they can be, and nothing is taken. */
  take(sender: HashedSender, count: number): number
}

interface Bucket {
  tokens: number
  at: number
  usedAt: number
}

const most = 200_000

/** Seconds until a bucket holds so many tokens; not above 0 when it does. */
function secondsUntil(count: number, { tokens }: Bucket, { perMinute }: RateLimit): number {
  return ((count - tokens) * 60) / perMinute
}

export function createRates(clock: Clock, limits: { readonly device: RateLimit; readonly network: RateLimit }): Rates {
  const buckets = createForgetful<Bucket>({ most, longestMs: 48 * 3_600_000 })

  function level(key: string, { perMinute, burst }: RateLimit, now: number): Bucket {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now, usedAt: -Infinity }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 60_000) * perMinute)
    bucket.at = now
    // Once a minute is as exact as it matters to who is forgotten.
    if (Math.abs(now - bucket.usedAt) >= 60_000) {
      bucket.usedAt = now
      buckets.use(key, bucket, now)
    }
    return bucket
  }

  return {
    take({ device, network }, count) {
      const now = clock.now()
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
