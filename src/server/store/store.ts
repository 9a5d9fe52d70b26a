import type { Answer, CalendarDate, Instant, ParkingReason, SourceStatement, Verdict } from '../../domain/index.ts'
import type { Call, CallCount, EndedCall, Limits } from './call.ts'
import type { NewRecord, Put, StoredRecord } from './record.ts'
import type { Forgetting, Retention } from './retention.ts'
import type { Places, Word } from './shared.ts'

/** The store cannot be reached now. What was asked of it may or may not have been done; doing it again is safe. */
export class StoreAway extends Error {}

/**
 * What the gateway keeps. Every method that changes something is one transaction and resolves after it is durable: an acknowledged query
 * survives a power cut. Implementations: SQLite (sqlite.ts) and PostgreSQL (postgres/store.ts); one contract test for both.
 * Any method of the second may throw {@link StoreAway}.
 */
export interface Store {
  /** Other gateways may work on it at the same time. */
  readonly isShared: boolean
  /** Takes in queries, in order, each judged against what the earlier ones left. */
  admit(arrivals: readonly Arrival[]): Promise<Admission[]>
  /** The queries with these ids, in order; null for unknown and expired ones. */
  find(ids: readonly string[]): Promise<(StoredQuery | null)[]>
  /** The newest answers have been handed to whoever posted the elements. */
  markCollected(ids: readonly string[], at: Instant): Promise<void>

  /** Takes the open questions whose turn is first, after `skip` of them, that are due, that nobody is asking, and that wait for one source or for any. */
  lease(due: Due): Promise<OpenQuestion[]>
  /** Writes a call down and charges it to the invoice's day and the source's. Nothing is written when either has nothing left. */
  charge(call: Call, limits: Limits): Promise<'charged' | 'looks-spent' | 'budget-spent'>
  /** The calls of a day by source and by how they ended (null: cut off, or under way). */
  calls(day: CalendarDate): Promise<CallCount[]>
  /** Notes how a call ended that came to nothing: it gives its look back at once. */
  endCall(call: EndedCall): Promise<void>
  /** The queries that wait for a question, first whose turn is first. */
  waiting(question: string): Promise<WaitingQuery[]>
  /** The newest answer that was given to a question, whomever it was given to. */
  newest(question: string): Promise<KnownAnswer | null>
  /**
   * Ends queries that wait for a question, each exactly once, and counts their tries; the question stays open for those that still wait. How the calls
   * that led to it ended is noted with it, so that a call is either cut off or its answer is kept, whenever the gateway dies.
   */
  settle(question: string, ending: Ending, calls: readonly EndedCall[]): Promise<Settled>
  /** Lets a question wait; how the calls of the round ended is noted with it. */
  park(question: string, parking: Parking, calls: readonly EndedCall[]): Promise<void>
  /** After a start: this gateway and those that are gone ask nothing any more, and questions that wait for a source that is gone wait for any. */
  recover(sources: readonly string[]): Promise<void>

  /** The parked questions that wait for a source and are due, by the minute of their turn, the first ones first. */
  line(source: string, now: Instant): Promise<LinePart[]>
  /** How the tries of a sender ended since a day. */
  tally(sender: string, since: CalendarDate): Promise<Tally>
  /** How everybody's did, by network. */
  tallyOfAll(since: CalendarDate): Promise<Tally>

  /** How many queries wait, and since when the oldest does. */
  queue(): Promise<{ readonly parked: number; readonly oldest: Instant | null }>
  /**
   * Removes what may no longer be kept, up to so many of each kind at a time, so that nobody waits long for it. Queries that wait are never
   * removed. @returns how many there were; 0 when nothing is left.
   */
  purge(before: Retention, most: number): Promise<number>
  /** Forgets tries that are older than `tries`, and what gateways told each other before `words`. */
  forget(before: Forgetting): Promise<void>

  /** The registry's record of an invoice by its canonical key. */
  record(key: string): Promise<StoredRecord | null>
  /** Adds or updates records, in order, in one transaction. */
  putRecords(records: readonly NewRecord[]): Promise<Put[]>
  /** All records in the order of their keys, in pages. */
  records(afterKey: string, limit: number): Promise<StoredRecord[]>

  /** Keeps the word of a gateway in place of its earlier one; one that comes late changes nothing. */
  tell(word: Word): Promise<void>
  /** The last word of every gateway on every source. */
  words(): Promise<Word[]>

  /**
   * Takes places for calls of a source, for all who share the store, by one clock. @returns the milliseconds until the first of them; null, with nothing
   * taken, when that is more than the longest wait.
   */
  place(places: Places): Promise<number | null>

  setting(name: string): Promise<string | null>
  /** Sets a setting that has no value yet; returns the value it has now. */
  claimSetting(name: string, value: string): Promise<string>
  close(): Promise<void>
}

/** A query as it arrives: hashed and sealed already. */
export interface Arrival {
  readonly id: string
  /** Keyed hash of the canonical elements. */
  readonly question: string
  /** Keyed hash of the invoice. */
  readonly invoice: string
  readonly elements: Uint8Array
  readonly ticket: string
  readonly receivedAt: Instant
  /** Answers given before this instant are too old to be used again. */
  readonly reuseSince: Instant
  /** Until when whoever brought it may ask before it is anybody's. */
  readonly leaseUntil: Instant
  /** Its place should it have to wait: of two questions the one with the earlier turn is asked first. */
  readonly turn: Instant
  /** Who tries. */
  readonly by: HashedSender
  /** The same, sealed for as long as the query waits. */
  readonly sender: Uint8Array
}

/** Device and network of somebody who asks, hashed. */
export interface HashedSender {
  readonly device: string
  readonly network: string
}

/** How tries ended: `wrong` were answered with mismatch. */
export interface Tally {
  readonly matched: number
  readonly wrong: number
}

/** Questions of a line whose turns fall in the same minute. */
export interface LinePart {
  readonly turn: Instant
  readonly count: number
}

/**
 * What became of an arrival. `open`: the question is new, and whoever brought it asks now. `wary`: the same, and they have tried wrong elements, or
 * other elements of the same invoice. `joined`: it is already open.
 */
export type Admission = 'open' | 'wary' | 'joined' | 'answered' | 'reused-id'

/** A query that the store holds. */
export type StoredQuery = { readonly id: string; readonly question: string; readonly ticket: string; readonly receivedAt: Instant } & (
  | {
      readonly state: 'answered'
      readonly answeredAt: Instant
      readonly verdict: Verdict
      /** Opens with the question as its context. */
      readonly sealed: Uint8Array
      readonly collectedAt: Instant | null
    }
  | {
      readonly state: 'waiting'
      readonly reason: ParkingReason | null
      readonly source: string | null
      readonly notBefore: Instant
      readonly turn: Instant
    }
  | {
      /** Nobody was asked: its sender had guessed too often. Brought again, it is taken in anew. */
      readonly state: 'refused'
      readonly refusedAt: Instant
      readonly collectedAt: Instant | null
    }
)

/** Which open questions to take. */
export interface Due {
  /** The source they wait for; null: no particular one. */
  readonly source: string | null
  readonly now: Instant
  /** Until when whoever takes them has them alone. */
  readonly until: Instant
  readonly limit: number
  readonly skip?: number
}

/** A question that somebody waits for. */
export interface OpenQuestion {
  readonly question: string
  readonly invoice: string
  readonly elements: Uint8Array
  readonly statements: readonly SourceStatement[]
  /** The source it waits for; null: none in particular. */
  readonly source: string | null
  /** Up to whose turn it is asked for now. */
  readonly turn: Instant
  /** Some of those who waited for it have ended: there may be an answer that serves the others. */
  readonly isShared: boolean
}

/** An answer that is kept. */
export interface KnownAnswer {
  readonly id: string
  readonly verdict: Verdict
  readonly answeredAt: Instant
}

/** A query that waits, and whose it is. */
export interface WaitingQuery {
  readonly id: string
  /** Opens to whoever brought it; null when that was not kept. */
  readonly sender: Uint8Array | null
  readonly turn: Instant
  /** Whoever brought it has tried wrong elements, or other elements of the same invoice. */
  readonly wary: boolean
  readonly receivedAt: Instant
}

/** How queries end. */
export interface Ending {
  readonly at: Instant
  /** The queries that are answered, and with what: a new answer, or one that is kept under this id. */
  readonly answered: readonly string[]
  readonly answer: NewAnswer | string | null
  /** The queries that are not asked for. */
  readonly refused: readonly string[]
  /** What it adds to the tally of whom. */
  readonly tallies: ReadonlyMap<string, Tally>
}

/** How many queries ended, and whether others wait for the question. */
export interface Settled {
  readonly ended: number
  readonly more: boolean
}

export interface NewAnswer {
  readonly id: string
  readonly verdict: Answer['verdict']
  readonly sealed: Uint8Array
  readonly asOf: Instant
  readonly answeredAt: Instant
}

export interface Parking {
  readonly reason: ParkingReason
  /** The source it waits for; null: any. */
  readonly source: string | null
  readonly notBefore: Instant
  readonly statements: readonly SourceStatement[]
}

/** Verdicts that somebody gets who knows an invoice. */
export const matching: readonly Verdict[] = ['confirmed', 'voided', 'red-flushed']
/**
 * Verdicts that somebody gets who guesses. `not-found` is none: it tells nobody anything of an invoice, and while records are missing at the authority
 * it is what every holder of a genuine one hears.
 */
export const wrong: readonly Verdict[] = ['mismatch']
