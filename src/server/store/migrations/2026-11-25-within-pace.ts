import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Gateways on one database share what a source grants: when its next call may begin. */
export const paceOfSources: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('paces')
      .addColumn('source', 'text', (column) => column.primaryKey())
      .addColumn('next_at', 'double precision', (column) => column.notNull())
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropTable('paces').execute()
  },
}
