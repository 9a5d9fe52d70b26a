import { Dexie, type Table } from 'dexie'
import type { Environment } from './environment.ts'
import { versions } from './versions/index.ts'

/** A stored row: whatever is on disk. Only the converters look inside. */
export type Stored = Readonly<Record<string, unknown>>

/** The tables of the newest layout. */
export interface Tables {
  readonly invoices: Table<Stored, string>
  readonly answers: Table<Stored, string>
  readonly originals: Table<Stored, string>
  readonly files: Table<Stored, string>
  readonly seals: Table<Stored, string>
  readonly outbox: Table<Stored, string>
  readonly settings: Table<Stored, string>
}

/**
 * The wallet's database, not opened yet. Strict: a commit is on the disk. Dexie's cache is off because it shows what is not committed,
 * and its reopening because ours retries on a new handle.
 */
export function createDatabase({ indexedDB, IDBKeyRange }: Pick<Environment, 'indexedDB' | 'IDBKeyRange'>, name: string): Dexie {
  const db = new Dexie(name, { indexedDB, IDBKeyRange, chromeTransactionDurability: 'strict', cache: 'disabled', autoOpen: false })
  for (const version of versions) version(db)
  return db
}

/**
 * Runs the work in one transaction over everything. It gets the tables bound to the transaction, and is a native async function: both, because Dexie
 * finds its transaction again after an `await` only by the latter, and the former does not depend on it.
 */
export async function inTransaction<T>(db: Dexie, mode: 'r' | 'rw', work: (tables: Tables) => Promise<T>): Promise<T> {
  let transaction: IDBTransaction | null = null
  try {
    return await db.transaction(mode, db.tables, async (scope) => {
      transaction = scope.idbtrans
      return work(tablesOf((name) => scope.table(name)))
    })
  } catch (error) {
    // A request that was under way only knows that it was aborted; its transaction knows that the device is full.
    throw reasonOf(transaction) ?? error
  }
}

/** Each one is made when it is first used: Dexie binds a table to a transaction at a price, and most of them touch two or three. */
function tablesOf(table: (name: keyof Tables) => Table<Stored, string>): Tables {
  return {
    get invoices() {
      return table('invoices')
    },
    get answers() {
      return table('answers')
    },
    get originals() {
      return table('originals')
    },
    get files() {
      return table('files')
    },
    get seals() {
      return table('seals')
    },
    get outbox() {
      return table('outbox')
    },
    get settings() {
      return table('settings')
    },
  }
}

function reasonOf(transaction: IDBTransaction | null): DOMException | null {
  return transaction?.error?.name === 'QuotaExceededError' ? transaction.error : null
}
