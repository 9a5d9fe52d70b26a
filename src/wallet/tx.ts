import type { Answer, Instant } from '../domain/index.ts'
import type { Entry, Hold, Query, SettledAnswer } from './entry.ts'

/** Who drains at the moment and whether it makes progress: the heartbeat of the drain's lock, and the pause that holds the outbox. */
export interface DrainState {
  /** A random name of the drainer that holds the lock; it fences off one whose lock was stolen. */
  readonly holder: string | null
  readonly beatAt: Instant
  readonly hold: Hold | null
}

/**
 * What one transaction over the wallet may do. Either all of it is on disk when the transaction resolves, or nothing.
 * Only these calls may be awaited inside: anything else lets the transaction end early. It may run twice (once on a lost handle, once on a
 * new one), so what it writes must be decided from what it reads, and ids are made before it.
 */
export interface WalletTx {
  entry(id: string): Promise<Entry | null>
  /** Entries that may be the same invoice: equal canonical key, or without one the same bare number. Removed ones too. */
  entriesLike(invoice: Entry['invoice']): Promise<Entry[]>
  putEntry(entry: Entry): Promise<void>
  /** For an entry that was merged into another one: answers, open queries move there, and it is gone. */
  moveInto(from: string, to: string): Promise<void>
  queriesOf(entryId: string): Promise<Query[]>
  answersOf(entryId: string): Promise<SettledAnswer[]>
  query(id: string): Promise<Query | null>
  /** Every readable outbox row, oldest first. */
  queries(): Promise<Query[]>
  putQuery(query: Query): Promise<void>
  putQueries(queries: readonly Query[]): Promise<void>
  /** Stores the answer and removes the row: the only place a row is removed because of what a gateway said. False when the row is gone already. */
  settle(queryId: string, answer: Answer, settledAt: Instant): Promise<boolean>
  /** Removes a row because the person took the question back or asks it anew. Never called by the drain. */
  withdraw(queryId: string): Promise<void>
  drainState(): Promise<DrainState>
  putDrainState(state: DrainState): Promise<void>
}
