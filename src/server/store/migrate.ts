import type { Kysely } from 'kysely'
import { Migrator, NO_MIGRATIONS, type Migration } from 'kysely/migration'
import { callsOfASource } from './migrations/2026-11-24-calls-of-a-source.ts'
import { first } from './migrations/2026-11-24-first.ts'
import { ownerOfALease } from './migrations/2026-11-24-owner-of-a-lease.ts'
import { turnsAndTries } from './migrations/2026-11-24-turns.ts'
import { waiting } from './migrations/2026-11-24-waiting.ts'
import { wordsOfGateways } from './migrations/2026-11-24-words.ts'
import { senders } from './migrations/2026-11-25-with-senders.ts'
import { paceOfSources } from './migrations/2026-11-25-within-pace.ts'
import { whoseTheyAre } from './migrations/2026-11-25-whose.ts'
import { wiped } from './migrations/2026-11-25-wiped.ts'

/** What a database calls a column of bytes: SQLite and PostgreSQL, in this order. */
export type BytesType = 'blob' | 'bytea'

/** Every migration by its date and name: append only. */
const migrations = (bytes: BytesType): Readonly<Record<string, Migration>> => ({
  '2026-11-24-first': first(bytes),
  '2026-11-24-second': callsOfASource,
  '2026-11-24-third': ownerOfALease,
  '2026-11-24-turns': turnsAndTries,
  '2026-11-24-waiting': waiting,
  '2026-11-24-words': wordsOfGateways,
  '2026-11-25-whose': whoseTheyAre,
  '2026-11-25-wiped': wiped,
  '2026-11-25-with-senders': senders(bytes),
  '2026-11-25-within-pace': paceOfSources,
})

/**
 * Brings a database to the newest schema, or back to the empty one. Several may do it at once: one does it, the others wait.
 * @throws the first migration's error; what it had begun is rolled back.
 */
export async function migrate(db: Kysely<unknown>, bytes: BytesType, to: 'latest' | 'empty' = 'latest'): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations(bytes) }) } })
  const { error } = to === 'latest' ? await migrator.migrateToLatest() : await migrator.migrateTo(NO_MIGRATIONS)
  if (error) throw error
}

/** The name of the newest schema. */
export const newestMigration = Object.keys(migrations('blob')).sort().at(-1) ?? ''
