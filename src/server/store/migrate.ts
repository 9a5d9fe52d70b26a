import type { Kysely } from 'kysely'
import { Migrator, NO_MIGRATIONS, type Migration } from 'kysely/migration'
import { callsOfASource } from './migrations/2026-11-24-calls-of-a-source.ts'
import { first } from './migrations/2026-11-24-first.ts'

/** Every migration by its date and name: append only. */
const migrations: Readonly<Record<string, Migration>> = {
  '2026-11-24-first': first,
  '2026-11-24-second': callsOfASource,
}

/**
 * Brings a database to the newest schema, or back to the empty one.
 * @throws the first migration's error; what it had begun is rolled back.
 */
export async function migrate(db: Kysely<unknown>, to: 'latest' | 'empty' = 'latest'): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } })
  const { error } = to === 'latest' ? await migrator.migrateToLatest() : await migrator.migrateTo(NO_MIGRATIONS)
  if (error) throw error
}
