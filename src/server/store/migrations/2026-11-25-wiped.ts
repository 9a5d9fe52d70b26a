import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** What was collected is removed by when that was: those that nobody collected are kept much longer, and are not read through to find it. */
export const wiped: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('queries_collected')
      .on('queries')
      .column('collected_at')
      .where(sql.ref('collected_at'), 'is not', null)
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropIndex('queries_collected').execute()
  },
}
