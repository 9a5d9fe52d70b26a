import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Parked questions have a turn, so that nobody waits behind all of somebody else's; wrong tries are kept where every gateway sees them. */
export const turnsAndTries: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('questions')
      .addColumn('turn', 'bigint', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema
      .alterTable('questions')
      .addColumn('wary', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('questions').addColumn('device', 'text').execute()
    await db.schema.alterTable('questions').addColumn('network', 'text').execute()
    await sql`update questions set turn = created_at`.execute(db)
    await db.schema.dropIndex('questions_oldest').execute()
    await db.schema.createIndex('questions_turn').on('questions').columns(['source', 'turn']).execute()
    await db.schema
      .createTable('tries')
      .addColumn('sender', 'text', (column) => column.notNull())
      .addColumn('invoice', 'text', (column) => column.notNull())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('tries_key', ['sender', 'invoice'])
      .execute()
    await db.schema
      .createTable('tallies')
      .addColumn('sender', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('matched', 'integer', (column) => column.notNull())
      .addColumn('wrong', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('tallies_key', ['sender', 'day'])
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropTable('tallies').execute()
    await db.schema.dropTable('tries').execute()
    await db.schema.dropIndex('questions_turn').execute()
    for (const column of ['network', 'device', 'wary', 'turn']) await db.schema.alterTable('questions').dropColumn(column).execute()
    await db.schema.createIndex('questions_oldest').on('questions').columns(['source', 'created_at']).execute()
  },
}
