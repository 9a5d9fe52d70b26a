/** Counts what happened in the last minute, in a fixed amount of memory. */
export interface Meter {
  count(now: number): void
  lastMinute(now: number): number
}

export function createMeter(): Meter {
  /** Counts by second. */
  const seconds = new Map<number, number>()

  function forget(second: number): void {
    for (const known of seconds.keys()) if (known <= second - 60 || known > second) seconds.delete(known)
  }

  return {
    count(now) {
      const second = Math.floor(now / 1000)
      seconds.set(second, (seconds.get(second) ?? 0) + 1)
      if (seconds.size > 60) forget(second)
    },
    lastMinute(now) {
      forget(Math.floor(now / 1000))
      return [...seconds.values()].reduce((sum, count) => sum + count, 0)
    },
  }
}
