import type { Table } from 'dexie'
import type { Answer, Instant } from '../domain/index.ts'
import type { Stored, Tables } from './database.ts'
import { eachRow } from './each-row.ts'
import type { Damaged, Entry, Hold, JudgedFile, KeptLists, Original, Query, SettledAnswer, UnreadFile } from './entry.ts'
import { instant, isDamaged, text } from './read.ts'
import { readLists, storeSeal } from './stored-seal.ts'
import { readAnswer, storeAnswer } from './stored-answer.ts'
import { lookupOf, readEntry, storeEntry } from './stored-entry.ts'
import { readFile, storeFile } from './stored-file.ts'
import { oldestFirst, readHold, readQuery, storeQuery } from './stored-query.ts'

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
 * new one), so what it writes must be decided from what it reads, and ids are made before it. Damaged rows are never among what it reads.
 */
export interface WalletTx {
  entry(id: string): Promise<Entry | null>
  /** Entries that may be the same invoice: equal canonical key, or without one the same bare number. Removed ones too. */
  entriesLike(invoice: Entry['invoice']): Promise<Entry[]>
  putEntry(entry: Entry): Promise<void>
  /** For an entry that was merged into another one: answers and open queries move there, and it is gone. */
  moveInto(from: string, to: string): Promise<void>
  putOriginal(original: Original): Promise<void>
  hasOriginal(sha256: string): Promise<boolean>
  file(sha256: string): Promise<UnreadFile | null>
  /** Every file that is no invoice yet. */
  files(): Promise<UnreadFile[]>
  putFile(file: UnreadFile): Promise<void>
  /** It has become invoices. The original stays. */
  dropFile(sha256: string): Promise<void>
  /** Writes a verdict; the captures of its file are told by `putEntry`. */
  putSeal(judged: JudgedFile): Promise<void>
  /** The file cannot carry a signature, or is not there any more: nothing is left to judge. */
  dropSeal(file: string): Promise<void>
  lists(): Promise<KeptLists>
  putLists(lists: KeptLists): Promise<void>
  queriesOf(entryId: string): Promise<Query[]>
  answersOf(entryId: string): Promise<SettledAnswer[]>
  /** The rows of these ids that are still there. */
  queriesById(ids: readonly string[]): Promise<Query[]>
  /** Every outbox row, oldest first. */
  queries(): Promise<Query[]>
  putQueries(queries: readonly Query[]): Promise<void>
  /**
   * Stores the answers to these query ids and removes their rows: the only place a row is removed because of what a gateway said.
   * Returns the ids that were settled; the others have no row any more.
   */
  settle(answers: ReadonlyMap<string, Answer>, settledAt: Instant): Promise<readonly string[]>
  /** An answer that no row waited for: it was given at once. */
  putAnswer(answer: SettledAnswer): Promise<void>
  /** Removes a row because the person took the question back or asks it anew. Never called by the drain. */
  withdraw(queryId: string): Promise<void>
  drainState(): Promise<DrainState>
  putDrainState(state: DrainState): Promise<void>
}

/** The operations of a transaction on the tables. */
export function txOn(db: Tables): WalletTx {
  const tx: WalletTx = {
    entry: async (id) => readable(readEntry(await db.invoices.get(id))),
    entriesLike: async (invoice) => allReadable((await db.invoices.where('lookup').equals(lookupOf(invoice)).toArray()).map(readEntry)),
    putEntry: async (entry) => void (await db.invoices.put(storeEntry(entry))),
    async moveInto(from, to) {
      await db.answers.where('entryId').equals(from).modify({ entryId: to })
      await db.outbox.where('entryId').equals(from).modify({ entryId: to })
      await db.invoices.delete(from)
    },
    putOriginal: async (original) => void (await db.originals.put({ ...original })),
    hasOriginal: async (sha256) => (await db.originals.where('sha256').equals(sha256).count()) > 0,
    file: async (sha256) => readable(readFile(await db.files.get(sha256))),
    files: async () => allReadable((await db.files.toArray()).map(readFile)),
    putFile: async (file) => void (await db.files.put(storeFile(file))),
    dropFile: (sha256) => db.files.delete(sha256),
    putSeal: async (judged) => void (await db.seals.put(storeSeal(judged))),
    dropSeal: (file) => db.seals.delete(file),
    lists: async () => readLists(await db.settings.get('trust-lists')),
    putLists: async (lists) => void (await db.settings.put({ key: 'trust-lists', ...lists })),
    queriesOf: async (id) => allReadable((await db.outbox.where('entryId').equals(id).toArray()).map(readQuery)),
    answersOf: async (id) => allReadable((await db.answers.where('entryId').equals(id).toArray()).map(readAnswer)),
    queriesById: async (ids) => allReadable((await db.outbox.bulkGet([...ids])).map(readQuery)),
    async queries() {
      const rows: (Query | Damaged)[] = []
      await eachRow(db.outbox, (_, row) => rows.push(readQuery(row)))
      return allReadable(rows).sort(oldestFirst)
    },
    putQueries: (queries) => putAll(db.outbox, queries.map(storeQuery)),
    async settle(given, settledAt) {
      const rows = await tx.queriesById([...given.keys()])
      const settled = rows.flatMap(({ id, entryId, question, askedAt }) => {
        const answer = given.get(id)
        return answer === undefined ? [] : [{ id, entryId, question, askedAt, settledAt, answer }]
      })
      await putAll(db.answers, settled.map(storeAnswer))
      const ids = settled.map(({ id }) => id)
      await db.outbox.bulkDelete(ids)
      return ids
    },
    putAnswer: async (answer) => void (await db.answers.put(storeAnswer(answer))),
    withdraw: (id) => db.outbox.delete(id),
    drainState: async () => readDrainState(await db.settings.get('drain')),
    putDrainState: async (state) => void (await db.settings.put({ key: 'drain', ...state })),
  }
  return tx
}

export function readDrainState(row: Readonly<Record<string, unknown>> = {}): DrainState {
  return { holder: text(row.holder), beatAt: instant(row.beatAt) ?? 0, hold: readHold(row.hold) }
}

/** From fifty rows on Dexie no longer tells which ones they were, and everything would be read anew. */
async function putAll(table: Table<Stored, string>, rows: readonly Stored[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 49) await table.bulkPut(rows.slice(at, at + 49))
}

function readable<T extends object>(row: T | Damaged): T | null {
  return isDamaged(row) ? null : (row as T)
}

export function allReadable<T extends object>(rows: readonly (T | Damaged)[]): T[] {
  return rows.flatMap((row) => readable(row) ?? [])
}
