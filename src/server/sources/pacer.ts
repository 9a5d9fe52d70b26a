import type { Instant } from '../../domain/index.ts'
import type { Clock } from '../clock.ts'
import type { Store } from '../store/store.ts'

/** Spaces calls out, so that no more begin in a second than the other side grants. */
export interface Pacer<Place = number | null | Promise<number | null>> {
  /** Takes the next place. @returns the milliseconds until it, or null, with nothing taken, when it is more than `longestMs` away. */
  take(longestMs: number): Place
}

/** The pace of one gateway that is alone. */
export function createPacer(perSecond: number, clock: Pick<Clock, 'now'>): Pacer<number | null> {
  const apartMs = 1000 / perSecond
  let next: Instant = 0
  return {
    take(longestMs) {
      const now = clock.now()
      // A place further away than anybody may wait was given before the clock was set back.
      const at = next - now > longestMs + apartMs ? now : Math.max(now, next)
      if (at - now > longestMs) return null
      next = at + apartMs
      return Math.ceil(at - now)
    },
  }
}

/** Seconds of the pace that a gateway takes at a time: it writes a few times a second, and others wait no longer for what it does not use. */
const atATime = 0.25

/** The pace of all gateways on one store together: whoever has calls to make takes as many places, a few at a time, as wait for one. */
export function createSharedPacer(source: string, perSecond: number, store: Store, clock: Pick<Clock, 'now'>): Pacer {
  const apartMs = 1000 / perSecond
  const most = Math.max(1, Math.floor(perSecond * atATime))
  const { take: alone } = createPacer(perSecond, clock)
  const waiting: ((place: number | null) => void)[] = []
  let isTaking = false

  async function takeAll(longestMs: number): Promise<void> {
    isTaking = true
    while (waiting.length > 0) {
      const count = Math.min(most, waiting.length)
      // While the store is away each gateway keeps to the pace by itself.
      const first = await store.place({ source, count, apartMs, longestMs, now: clock.now() }).catch(() => undefined)
      for (const [index, tell] of waiting.splice(0, count).entries()) {
        tell(first === undefined ? alone(longestMs) : first === null ? null : Math.ceil(first + index * apartMs))
      }
    }
    isTaking = false
  }

  return {
    take: (longestMs) =>
      new Promise((resolve) => {
        waiting.push(resolve)
        if (!isTaking) void takeAll(longestMs)
      }),
  }
}
