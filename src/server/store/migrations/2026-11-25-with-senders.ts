import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { BytesType } from '../migrate.ts'

/**
 * Whose it is, its turn and whether to be wary are a matter of each query that waits, no longer of the question it shares; a query can end without an
 * answer. Whose the queries are that wait already is not known to this schema: they are asked for on nobody's account.
 */
export const senders = (bytes: BytesType): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('queries').addColumn('sender', bytes).execute()
    for (const [column, type] of [
      ['turn', 'bigint'],
      ['wary', 'integer'],
    ] as const) {
      await db.schema
        .alterTable('queries')
        .addColumn(column, type, (one) => one.notNull().defaultTo(0))
        .execute()
      const ofQuestion = sql`(select ${sql.ref(`questions.${column}`)} from questions where questions.question = queries.question)`
      await sql`update queries set ${sql.ref(column)} = coalesce(${ofQuestion}, 0) where answer is null`.execute(db)
    }
    await db.schema.dropIndex('queries_open').execute()
    // What a partial index is for stands in it, too: else SQLite reads the row to be sure.
    await db.schema
      .createIndex('queries_open')
      .on('queries')
      .columns(['question', 'turn', 'received_at', 'answered_at'])
      .where(sql.ref('answered_at'), 'is', null)
      .execute()
    // Those that wait have no age, and are found by nobody who looks for it.
    await db.schema.dropIndex('queries_age').execute()
    await db.schema.createIndex('queries_age').on('queries').column('answered_at').where(sql.ref('answered_at'), 'is not', null).execute()
    await db.schema.dropIndex('questions_known').execute()
    await db.schema
      .alterTable('questions')
      .addColumn('shared', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    for (const column of ['network', 'device', 'wary']) await db.schema.alterTable('questions').dropColumn(column).execute()
  },
  async down(db: Kysely<unknown>) {
    await sql`delete from queries where answer is null and answered_at is not null`.execute(db)
    await db.schema
      .alterTable('questions')
      .addColumn('wary', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db.schema.alterTable('questions').dropColumn('shared').execute()
    await db.schema.alterTable('questions').addColumn('device', 'text').execute()
    await db.schema.alterTable('questions').addColumn('network', 'text').execute()
    await db.schema.createIndex('questions_known').on('questions').column('created_at').where(sql.ref('network'), 'is not', null).execute()
    await db.schema.dropIndex('queries_age').execute()
    await db.schema.createIndex('queries_age').on('queries').column('answered_at').execute()
    await db.schema.dropIndex('queries_open').execute()
    await db.schema
      .createIndex('queries_open')
      .on('queries')
      .columns(['question', 'received_at', 'answer'])
      .where(sql.ref('answer'), 'is', null)
      .execute()
    for (const column of ['wary', 'turn', 'sender']) await db.schema.alterTable('queries').dropColumn(column).execute()
  },
})
