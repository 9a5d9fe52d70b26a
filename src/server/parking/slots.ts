import type { Clock } from '../clock.ts'

/** The seconds in which devices that wait are told to come back: in no second more than the gateway takes in. */
export interface Slots {
  /** Books the first free second from `wait` seconds on. @returns the seconds until it. */
  book(wait: number): number
}

/** The share of what is taken in that is given away; the rest is for those who come unasked, and for devices that add a wait of their own. */
const given = 0.6
/** Seconds by which a second is put off at most; somebody who books for fun makes nobody wait longer. */
const farthest = 3600

/** @param perSecond requests the gateway takes in, as it announces. */
export function createSlots(clock: Clock, perSecond: number): Slots {
  const most = Math.max(1, Math.floor(perSecond * given))
  const booked = new Map<number, number>()
  let forgotten = -Infinity

  function forget(now: number): void {
    if (Math.abs(now - forgotten) < 60) return
    forgotten = now
    for (const second of booked.keys()) if (second < now || second > now + 2 * 86_400) booked.delete(second)
  }

  return {
    book(wait) {
      const now = Math.floor(clock.now() / 1000)
      forget(now)
      const first = now + Math.ceil(wait)
      let second = first
      while ((booked.get(second) ?? 0) >= most && second < first + farthest) second++
      booked.set(second, (booked.get(second) ?? 0) + 1)
      return second - now
    },
  }
}
