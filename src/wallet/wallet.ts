import type { OwnNote, Watchable } from '../domain/index.ts'
import type { Counts, Damaged, EntryDetail, KeptLists, Original, OutboxView, Query, ToJudge, UnreadFiles, WalletList } from './entry.ts'
import type { WalletFault } from './fault.ts'
import type { Settings } from './settings.ts'
import type { DrainState, WalletTx } from './tx.ts'

/** How the wallet is: `open`, or the fault that keeps it closed. Pages show the fault; `full` goes away with the next write that succeeds. */
export type WalletState = 'open' | WalletFault

/** A query that runs again whenever what it read has changed, in whatever tab or worker. */
export interface Watched<T> {
  subscribe(next: (value: T) => void, error?: (error: unknown) => void): { unsubscribe(): void }
}

/** The person's data on the device. Every call may throw `WalletError` and nothing else. */
export interface Wallet {
  readonly state: Watchable<WalletState>

  /** Runs `read` now and after every change of what it read. Inside, call only the reads below. */
  watch<T>(read: () => Promise<T>): Watched<T>

  /** Every invoice that was not removed, newest capture first. One pass over the tables. */
  list(): Promise<WalletList>
  /** One invoice with its timeline; null when there is none or it was purged. */
  entry(id: string): Promise<EntryDetail | null>
  counts(): Promise<Counts>
  outbox(): Promise<OutboxView>
  /** The bare outbox, for whoever schedules the drain. */
  queries(): Promise<{ readonly queries: readonly Query[]; readonly drain: DrainState }>
  /** Who drains, as it stands on the disk: a page that was frozen may not have been told of it yet. */
  drainState(): Promise<DrainState>
  original(sha256: string): Promise<Original | null>
  /** The files that were kept and are no invoices yet. */
  files(): Promise<UnreadFiles>
  settings(): Promise<Settings>
  /** The trust lists that came after the app. */
  lists(): Promise<KeptLists>
  /** Originals with files whose verdict rests on other trust lists than these, or that nobody has judged yet. */
  toJudge(lists: string): Promise<readonly ToJudge[]>

  change(settings: Partial<Omit<Settings, 'deviceId'>>): Promise<void>
  /** The person's own note of what they saw at the platform; null takes it back. */
  note(entryId: string, note: OwnNote | null): Promise<void>
  /** Removes an invoice; `restore` brings it back for 30 days, and so does capturing it again. Its open queries go on. */
  remove(entryId: string): Promise<void>
  restore(entryId: string): Promise<void>
  /** Really forgets what was removed 30 days ago and has no open query. Returns how many. */
  purge(): Promise<number>
  /** Gives up an unread file, and its bytes unless an invoice came with them. */
  removeFile(sha256: string): Promise<void>
  /**
   * Takes out a row that cannot be read; with an invoice its answers and open questions, which nobody could find without it.
   * Returns the way back, or null when there is no such row or it can be read.
   */
  discard(table: Damaged['table'], id: string): Promise<(() => Promise<void>) | null>
  /** Deletes the whole wallet and starts an empty one with a new device id. */
  erase(): Promise<void>

  /** One read-write transaction over everything; resolves when it is on disk. For capture and outbox. */
  write<T>(work: (tx: WalletTx) => Promise<T>): Promise<T>
  /** SHA-256 of a file, lower-case hexadecimal. */
  fingerprint(bytes: ArrayBuffer): Promise<string>
  /** Reads a written file back and compares; writes it once more if it is not intact. False when it still is not. */
  verifyOriginal(original: Original): Promise<boolean>
  /**
   * A worker of this page says that it committed these unread files, by their fingerprints: its word may be here before the browser's, and
   * reads must not miss them.
   */
  heard(files: readonly string[]): void
  /** Asks the browser, once, not to evict the wallet. */
  persist(): Promise<void>
  close(): void
}
