import { Dexie, type Table } from 'dexie'
import type { Environment } from './environment.ts'
import { versions } from './versions/index.ts'

/** A stored row: whatever is on disk. Only the converters look inside. */
export type Stored = Readonly<Record<string, unknown>>

/** The tables of the newest layout. */
export type WalletDatabase = Dexie & {
  readonly invoices: Table<Stored, string>
  readonly answers: Table<Stored, string>
  readonly originals: Table<Stored, string>
  readonly outbox: Table<Stored, string>
  readonly settings: Table<Stored, string>
}

/**
 * The wallet's database, not opened yet. Strict: a commit is on the disk. Dexie's cache is off because it shows what is not committed,
 * and its reopening because ours retries on a new handle.
 */
export function createDatabase({ indexedDB, IDBKeyRange }: Pick<Environment, 'indexedDB' | 'IDBKeyRange'>, name: string): WalletDatabase {
  const db = new Dexie(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict', cache: 'disabled', autoOpen: false })
  for (const version of versions) version(db)
  return db as WalletDatabase
}
