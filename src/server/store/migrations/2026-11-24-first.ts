import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { BytesType } from '../migrate.ts'

/** Queries, open questions, answers, calls, the registry. */
export const first = (bytes: BytesType): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('queries')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('ticket', 'text', (column) => column.notNull())
      .addColumn('received_at', 'bigint', (column) => column.notNull())
      .addColumn('answer', 'text')
      .addColumn('answered_at', 'bigint')
      .addColumn('collected_at', 'bigint')
      .execute()
    await db.schema.createIndex('queries_waiting').on('queries').column('question').where(sql.ref('answer'), 'is', null).execute()
    await db.schema.createIndex('queries_answer').on('queries').column('answer').execute()
    await db.schema.createIndex('queries_age').on('queries').column('answered_at').execute()
    await db.schema
      .createTable('questions')
      .addColumn('question', 'text', (column) => column.primaryKey())
      .addColumn('invoice', 'text', (column) => column.notNull())
      .addColumn('elements', bytes, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('source', 'text')
      .addColumn('not_before', 'bigint', (column) => column.notNull())
      .addColumn('lease_until', 'bigint', (column) => column.notNull())
      .addColumn('statements', 'text', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('questions_oldest').on('questions').columns(['source', 'created_at']).execute()
    await db.schema
      .createTable('answers')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('question', 'text', (column) => column.notNull())
      .addColumn('verdict', 'text', (column) => column.notNull())
      .addColumn('sealed', bytes, (column) => column.notNull())
      .addColumn('as_of', 'bigint', (column) => column.notNull())
      .addColumn('answered_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('answers_newest').on('answers').columns(['question', 'answered_at']).execute()
    await db.schema
      .createTable('calls')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('invoice', 'text', (column) => column.notNull())
      .addColumn('day', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('outcome', 'text')
      .execute()
    await db.schema.createIndex('calls_looks').on('calls').columns(['invoice', 'day']).execute()
    await db.schema
      .createTable('records')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('code', 'text')
      .addColumn('number', 'text', (column) => column.notNull())
      .addColumn('issued_on', 'text', (column) => column.notNull())
      .addColumn('amount_ex_tax', 'bigint')
      .addColumn('tax', 'bigint')
      .addColumn('amount', 'bigint')
      .addColumn('check_code', 'text')
      .addColumn('seller_name', 'text')
      .addColumn('seller_tax_id', 'text')
      .addColumn('buyer_name', 'text')
      .addColumn('buyer_tax_id', 'text')
      .addColumn('lines', 'text')
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('settings')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute()
  },
  async down(db: Kysely<unknown>) {
    for (const table of ['settings', 'records', 'calls', 'answers', 'questions', 'queries']) await db.schema.dropTable(table).execute()
  },
})
