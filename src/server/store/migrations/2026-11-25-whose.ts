import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Whose the waiting questions are is forgotten after two days: those are found by their age, however many wait. */
export const whoseTheyAre: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('questions_known').on('questions').column('created_at').where(sql.ref('network'), 'is not', null).execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.dropIndex('questions_known').execute()
  },
}
