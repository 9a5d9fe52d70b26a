import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Several gateways on one database tell each other how the sources are. */
export const wordsOfGateways: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('words')
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('gateway', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('revision', 'bigint', (column) => column.notNull())
      .addColumn('changed', 'bigint', (column) => column.notNull())
      .addColumn('age', 'bigint', (column) => column.notNull())
      .addColumn('told_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('words_key', ['source', 'gateway'])
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropTable('words').execute()
  },
}
