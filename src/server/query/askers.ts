import type { Asker } from '../admission/tries.ts'
import type { Instant } from '../../domain/index.ts'
import type { Keys } from '../keys.ts'
import type { HashedSender, KnownAnswer, WaitingQuery } from '../store/store.ts'

/** Milliseconds for which an answer serves whoever waited for it when it was given. */
const sharedMs = 24 * 3_600_000

/** A query that waits, as it is judged: by the tries of whoever brought it. */
export type Waiting = Asker & Omit<WaitingQuery, 'sender'>

/** Whose a query is, for as long as it waits. It opens with its id alone, so no two of them look alike to whoever reads the database. */
export function sealSender(keys: Keys, id: string, { device, network }: HashedSender): Uint8Array {
  return keys.seal(`sender ${id}`, `${device} ${network}`)
}

function openSender(keys: Keys, { id, sender }: WaitingQuery): HashedSender | null {
  if (sender === null) return null
  const [device = '', network = ''] = keys.open(`sender ${id}`, sender).split(' ')
  return { device, network }
}

/** For whom a question is asked now, and the answer that serves them if one was given while they waited. */
export interface Due {
  readonly askers: readonly Waiting[]
  readonly answer: KnownAnswer | null
}

/**
 * A question may be shared, but everybody has a turn of their own: who guesses would else learn with others, whose turn is early, what their own tries
 * are not enough for.
 */
export function dueOf(keys: Keys, turn: Instant, queries: readonly WaitingQuery[], newest: KnownAnswer | null, now: Instant): Due {
  const due = queries.filter((one) => one.turn <= turn)
  const isServed = ({ receivedAt }: WaitingQuery) =>
    newest !== null && newest.answeredAt >= receivedAt && newest.answeredAt > now - sharedMs && newest.answeredAt <= now
  const served = newest === null ? [] : due.filter(isServed)
  const opened = (served.length > 0 ? served : due).map((one): Waiting => ({ ...one, by: openSender(keys, one) }))
  return { askers: opened, answer: served.length > 0 ? newest : null }
}
