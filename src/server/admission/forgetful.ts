import type { Instant } from '../../domain/index.ts'

/** Keys that were used lately, in the order of their last use. */
export interface Forgetful<Value> {
  get(key: string): Value | undefined
  /** Notes a key as the one that was used last, and forgets those of which nothing was heard for too long. */
  use(key: string, value: Value, now: Instant): void
  delete(key: string): void
  readonly size: number
}

export interface Memory<Value> {
  /** Keys that are kept; for a moment there may be a fifth more. */
  readonly most: number
  /** Milliseconds since its last use for which one is kept; for a moment it may be a minute more. */
  readonly longestMs: number
  /** True for one that may not be forgotten now, whoever has to go instead. */
  readonly isHeld?: (value: Value) => boolean
}

/** Milliseconds between two looks for what is old. */
const sweepMs = 60_000
/** How many more than it may a memory holds before it forgets. */
const surplus = 1.2

/** Forgets many at once and seldom: to find the first of a map takes as long as there were others before it. */
export function createForgetful<Value>({ most, longestMs, isHeld = () => false }: Memory<Value>): Forgetful<Value> {
  const all = new Map<string, { readonly value: Value; readonly at: Instant }>()
  let sweptAt: Instant = -Infinity

  function sweep(now: Instant): void {
    if (all.size <= surplus * most && Math.abs(now - sweptAt) < sweepMs) return
    sweptAt = now
    for (const [key, { value, at }] of all) {
      if (all.size <= most && now - at < longestMs) return
      if (!isHeld(value)) all.delete(key)
    }
  }

  return {
    get: (key) => all.get(key)?.value,
    use(key, value, now) {
      all.delete(key)
      all.set(key, { value, at: now })
      sweep(now)
    },
    delete: (key) => void all.delete(key),
    get size() {
      return all.size
    },
  }
}
