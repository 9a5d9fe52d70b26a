import type { Hold, Query } from '../wallet/index.ts'
import type { QueryReply } from '../channels/index.ts'
import type { Instant } from '../domain/index.ts'

/** All waits, in milliseconds. Pure: time and chance are passed in, `chance` a fraction in [0, 1). */
const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** What a gateway may make us wait. Outside of it, it does not mean it: ten years is a fault, and so is a millisecond. */
const shortest = 5 * second
const longest = day
/** When a gateway says to wait but not how long, or nothing sane. */
const usual = minute
/** A clock that is this much behind what was written with it was set back: what it says about waiting is worth nothing. */
const setBack = minute
/** A row is `sending` this long at most; then its sender is dead. Also when a lock without progress is stolen. */
export const stalled = 2 * minute

/** Exponential backoff with full jitter, never shorter than `least`. */
function backoff(failures: number, base: number, cap: number, least: number, chance: number): number {
  return Math.max(least, chance * Math.min(cap, base * 2 ** Math.min(failures, 30)))
}

/**
 * How long a server-given time makes us wait: at least that (clamped), plus jitter of up to as much again but no more than a minute. Somebody who says
 * "at once" time after time (`failures` counted from 1) is not believed: the least wait doubles up to a minute.
 */
export function serverWait(retryAfter: number | null, chance: number, failures = 1): number {
  const sane = retryAfter !== null && Number.isFinite(retryAfter) && retryAfter >= 0
  const least = Math.min(usual, shortest * 2 ** Math.min(failures - 1, 10))
  const base = Math.min(longest, Math.max(least, sane ? retryAfter * second : usual))
  return Math.min(longest, base + chance * Math.min(base, minute))
}

/** The pause of the whole outbox after the `failures`-th connectivity error in a row (counted from 1). */
export function connectivityWait(failures: number, chance: number): number {
  return backoff(failures, 5 * second, 15 * minute, 2 * second, chance)
}

/** How long after it was found again, and again did not answer, a gateway may be found again; at once the first time. */
export function foundAgainAfter(inVain: number): number {
  return inVain === 0 ? 0 : Math.min(15 * minute, 5 * second * 2 ** Math.min(inVain, 30))
}

/** The wait of one row that got no reply although the gateway is there; `attempts` counted from 1. It never gives up. */
export function rowWait(attempts: number, chance: number): number {
  return backoff(attempts, 30 * second, 6 * hour, 15 * second, chance)
}

/** True while a wait counts. One written by a clock that was set back since, or longer than any we give, does not. */
function waits(until: Instant | null, setAt: Instant, now: Instant): boolean {
  return until !== null && now < until && now >= setAt - setBack && until - setAt <= 2 * longest
}

/** True when a row should be sent. Rows being sent are nobody's business until their sender is known to be dead. */
export function isDue(query: Query, now: Instant): boolean {
  return (query.state === 'queued' || query.state === 'parked') && !waits(query.nextAt, query.setAt, now)
}

/** True while the outbox pauses. An eager drain ignores a pause for want of connectivity, never one that a gateway asked for. */
export function isHeld(hold: Hold | null, now: Instant, eager: boolean): boolean {
  if (hold === null || !waits(hold.until, hold.setAt, now)) return false
  return !eager || (hold.reason !== 'device-offline' && hold.reason !== 'gateway-down')
}

/** Milliseconds until a drain makes sense; null when nothing waits for one. */
export function nextWake(queries: readonly Query[], hold: Hold | null, now: Instant): number | null {
  const times = queries.flatMap((query) => {
    if (query.state === 'needs-user') return []
    if (query.state === 'sending') return now < query.setAt - setBack ? 0 : Math.max(0, query.setAt + stalled - now)
    return isDue(query, now) ? 0 : Math.max(0, (query.nextAt ?? 0) - now)
  })
  if (times.length === 0) return null
  const pause = hold !== null && isHeld(hold, now, false) ? hold.until - now : 0
  return Math.max(
    pause,
    times.reduce((least, one) => Math.min(least, one)),
  )
}

/** What becomes of a row that was sent. */
export type Next =
  | { readonly do: 'settle'; readonly answer: Extract<QueryReply, { is: 'answered' }>['answer'] }
  | { readonly do: 'keep'; readonly query: Query }

/** Decides by what the gateway said of a row in a reply that was read; undefined when it left the row out. */
export function decide(query: Query, reply: QueryReply | undefined, now: Instant, chance: number): Next {
  switch (reply?.is) {
    case 'answered': {
      const number = reply.answer.invoice?.number ?? query.elements.number
      // An answer about another invoice is no answer to this question, whatever id it carries.
      if (number !== query.elements.number) return { do: 'keep', query: unheard(query, 'reply-unreadable', now, chance) }
      return { do: 'settle', answer: reply.answer }
    }
    case 'parked': {
      const { reason, ticket, retryAfter, receipt } = reply
      const nextAt = now + serverWait(retryAfter, chance)
      const parked = { ...query, state: 'parked', reason, ticket, nextAt, setAt: now, attempts: 0, problem: null } as const
      return { do: 'keep', query: receipt === undefined ? parked : { ...parked, receipt } }
    }
    case 'refused':
      return { do: 'keep', query: reply.passing ? putOff(query, reply, now, chance) : refused(query, reply.code, now) }
    case 'unreadable':
      return { do: 'keep', query: unheard(query, 'reply-unreadable', now, chance) }
    case undefined:
      return { do: 'keep', query: unheard(query, 'no-reply', now, chance) }
  }
}

/**
 * A final refusal. Also `query-id-reused`: the id is ours and random, so either our row or the gateway's memory is damaged. Asking again by itself under
 * a new id could spend a look each time round; the person sees it, and one tap asks under a new id.
 */
export function refused(query: Query, code: string, now: Instant): Query {
  return { ...query, state: 'needs-user', reason: null, nextAt: null, setAt: now, problem: code }
}

/** A row that is refused for what passes. Told when it passes, it is nobody's failure and comes back with the others. */
function putOff(query: Query, { code, retryAfter }: Extract<QueryReply, { is: 'refused' }>, now: Instant, chance: number): Query {
  if (retryAfter === null) return unheard(query, code, now, chance)
  return { ...requeued(query, now), nextAt: now + serverWait(retryAfter, chance), attempts: 0, problem: code }
}

/** A row that got no usable reply while others did: it waits by itself, visibly, and is sent alone later, so that it delays nobody. */
export function unheard(query: Query, problem: string, now: Instant, chance: number): Query {
  const attempts = query.attempts + 1
  return { ...query, state: 'queued', reason: null, nextAt: now + rowWait(attempts, chance), setAt: now, attempts, problem }
}

/** A row whose sending says nothing about it: it is due again. */
export function requeued(query: Query, now: Instant): Query {
  return { ...query, state: 'queued', reason: null, nextAt: null, setAt: now }
}
