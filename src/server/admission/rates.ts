import { isIPv4, isIPv6 } from 'node:net'
import type { Clock } from '../clock.ts'
import type { RateLimit } from '../config.ts'
import type { Keys } from '../keys.ts'

/** Who sends: the device if it says so, and the network it is in. */
export interface Sender {
  /** The header `Piaozai-Device`, or null. */
  readonly device: string | null
  /** The address of the connection. */
  readonly address: string
}

/** Buckets of tokens, one per device and one per network; the keys are hashes, and nothing outlives the process or 48 hours. */
export interface Rates {
  /** Takes `count` tokens from both buckets. @returns 0 when they were there, else the seconds until they can be, and nothing is taken. */
  take(sender: Sender, count: number): number
}

interface Bucket {
  tokens: number
  at: number
}

const most = 200_000

export function createRates(keys: Keys, clock: Clock, limits: { readonly device: RateLimit; readonly network: RateLimit }): Rates {
  const buckets = new Map<string, Bucket>()

  function level(key: string, { perMinute, burst }: RateLimit, now: number): Bucket {
    const bucket = buckets.get(key) ?? { tokens: burst, at: now }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 60_000) * perMinute)
    bucket.at = now
    // Moved to the end: the map is in the order of last use, so the oldest can go.
    buckets.delete(key)
    buckets.set(key, bucket)
    return bucket
  }

  function forget(now: number): void {
    for (const [key, { at }] of buckets) {
      if (buckets.size <= most && now - at < 48 * 3_600_000) return
      buckets.delete(key)
    }
  }

  return {
    take(sender, count) {
      const now = clock.now()
      forget(now)
      const { device, network } = senderKeys(keys, sender)
      const wanted = [
        { bucket: level(device, limits.device, now), limit: limits.device },
        { bucket: level(network, limits.network, now), limit: limits.network },
      ]
      const waits = wanted.map(({ bucket, limit }) => ((count - bucket.tokens) * 60) / limit.perMinute)
      const wait = Math.max(0, ...waits)
      if (wait > 0) return Math.max(1, Math.ceil(wait))
      for (const { bucket } of wanted) bucket.tokens -= count
      return 0
    },
  }
}

/** A sender's device and network as they are recognised without being kept; without a device the network is one. */
export function senderKeys(keys: Keys, { device, address }: Sender): { readonly device: string; readonly network: string } {
  const network = networkOf(address)
  const mine = isDeviceId(device) ? `device ${device}` : `network-as-device ${network}`
  return { device: keys.hash('device', mine), network: keys.hash('device', `network ${network}`) }
}

/** 128 random bits in base64url. */
function isDeviceId(text: string | null): text is string {
  return text !== null && /^[\w-]{22}$/.test(text)
}

/** The network an address is in: IPv4 /24, IPv6 /56. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return plain.split('.').slice(0, 3).join('.')
  if (!isIPv6(plain)) return 'unknown'
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  const bits = groups.slice(0, 4).map((group) => group.padStart(4, '0').toLowerCase())
  return bits.join('').slice(0, 14)
}
