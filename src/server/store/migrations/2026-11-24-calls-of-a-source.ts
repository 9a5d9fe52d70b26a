import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A source's budget counts its calls of the day before each one. */
export const callsOfASource: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('calls_budget').on('calls').columns(['day', 'source']).execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropIndex('calls_budget').execute()
  },
}
