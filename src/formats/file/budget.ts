import { Refusal } from './refusal.ts'

/** What bounds a reading in time. Without `now` there is no deadline, and the reading still can be aborted between two files. */
export interface Limits {
  readonly signal?: AbortSignal | undefined
  /** A clock in milliseconds, e.g. `performance.now`. */
  readonly now?: (() => number) | undefined
  /** The value of `now` after which the reading stops with the problem `deadline`. */
  readonly deadline?: number | undefined
}

/** The time a reading may still take. */
export interface Budget {
  /** Throws {@link Refusal} `aborted` or `deadline` when it is over. Cheap: called once per chunk or a hundred elements. */
  check(): void
  /** The same, after giving messages (an abort, for one) a chance to arrive. */
  pause(): Promise<void>
}

/** Reading without a yield for longer than this would be felt. Milliseconds. */
const slice = 30

export function budgetOf({ signal, now, deadline }: Limits): Budget {
  let yieldedAt = now?.() ?? 0
  function check() {
    if (signal?.aborted) throw new Refusal('aborted', 'The reading was stopped')
    if (now && deadline !== undefined && now() > deadline) throw new Refusal('deadline', 'The file takes too long to read')
  }
  return {
    check,
    async pause() {
      if (!now || now() - yieldedAt > slice) {
        await new Promise((done) => setTimeout(done, 0))
        yieldedAt = now?.() ?? 0
      }
      check()
    },
  }
}
