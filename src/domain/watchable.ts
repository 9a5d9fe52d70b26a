/** A value that changes and says so: the last one can be read at any time. */
export interface Watchable<T> {
  readonly value: T
  /** Calls back with the present value and with every later one. Returns the end of it. */
  subscribe(listener: (value: T) => void): () => void
}

/** A {@link Watchable} and the only function that changes it. Setting the same value again says nothing. */
export function watchable<T>(initial: T): Watchable<T> & { set(value: T): void } {
  let value = initial
  const listeners = new Set<(value: T) => void>()
  return {
    get value() {
      return value
    },
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const listener of [...listeners]) listener(next)
    },
    subscribe(listener) {
      listeners.add(listener)
      listener(value)
      return () => listeners.delete(listener)
    },
  }
}
