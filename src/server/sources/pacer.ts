import type { Instant } from '../../domain/index.ts'

/** Spaces calls out, so that no more begin in a second than the other side grants. */
export interface Pacer {
  /** Takes the next place. @returns the milliseconds until it, or null, with nothing taken, when it is more than `longestMs` away. */
  take(now: Instant, longestMs: number): number | null
}

export function createPacer(perSecond: number): Pacer {
  const apartMs = 1000 / perSecond
  let next: Instant = 0
  return {
    take(now, longestMs) {
      // A place further away than anybody may wait was given before the clock was set back.
      const at = next - now > longestMs + apartMs ? now : Math.max(now, next)
      if (at - now > longestMs) return null
      next = at + apartMs
      return Math.ceil(at - now)
    },
  }
}
