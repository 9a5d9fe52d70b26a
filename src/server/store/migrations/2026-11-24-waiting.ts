import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** When very many wait, the line is looked through, counted and told of by its indexes alone. */
export const waiting: Migration = {
  async up(db: Kysely<unknown>) {
    // What a partial index is for stands in it, too: else SQLite reads the row to be sure.
    await db.schema.dropIndex('questions_turn').execute()
    await db.schema.createIndex('questions_line').on('questions').columns(['source', 'turn', 'not_before']).execute()
    await db.schema
      .createIndex('questions_fresh')
      .on('questions')
      .columns(['question', 'reason'])
      .where(sql.ref('reason'), 'is', null)
      .execute()
    await db.schema.dropIndex('queries_waiting').execute()
    await db.schema.dropIndex('queries_answer').execute()
    await db.schema.createIndex('queries_answer').on('queries').column('answer').where(sql.ref('answer'), 'is not', null).execute()
    await db.schema
      .createIndex('queries_open')
      .on('queries')
      .columns(['question', 'received_at', 'answer'])
      .where(sql.ref('answer'), 'is', null)
      .execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropIndex('queries_open').execute()
    await db.schema.dropIndex('queries_answer').execute()
    await db.schema.createIndex('queries_answer').on('queries').column('answer').execute()
    await db.schema.createIndex('queries_waiting').on('queries').column('question').where(sql.ref('answer'), 'is', null).execute()
    await db.schema.dropIndex('questions_fresh').execute()
    await db.schema.dropIndex('questions_line').execute()
    await db.schema.createIndex('questions_turn').on('questions').columns(['source', 'turn']).execute()
  },
}
