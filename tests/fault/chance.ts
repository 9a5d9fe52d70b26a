import { problemResponse } from '../fixtures/gateway.ts'

/** Whole numbers from a seed, so that a failure can be replayed. */
export interface Chance {
  /** 0 to `limit` − 1. */
  below(limit: number): number
}

/** Mulberry32: small, and good enough to choose faults. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0
      let mixed = Math.imul(state ^ (state >>> 15), state | 1)
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
      return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
    },
  }
}

/** What a bad network does to a request before the gateway sees it; undefined lets it through. */
export function faultyNetwork(chance: Chance): Promise<Response> | undefined {
  switch (chance.below(8)) {
    case 0:
      return Promise.reject(new TypeError('Failed to fetch'))
    case 1:
      return Promise.resolve(new Response('<html>login</html>', { status: 200, headers: { 'content-type': 'text/html' } }))
    case 2:
      return Promise.resolve(problemResponse('overloaded', { 'retry-after': '30' }))
    case 3:
      return Promise.resolve(new Response('bad gateway', { status: 502 }))
    default:
      return undefined
  }
}
