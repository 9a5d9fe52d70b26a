import { sql, type Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>
const bytes = slot<Uint8Array>

/** Answers that no query has. A fresh one may be given to one that comes. */
export function orphans(db: Kysely<Tables>) {
  return db
    .deleteFrom('answers')
    .where('answered_at', '<', slot<number>('answers'))
    .where((one) =>
      one.not(
        one.exists(
          one
            .selectFrom('queries')
            .select(sql<number>`1`.as('one'))
            .whereRef('queries.answer', '=', 'answers.id'),
        ),
      ),
    )
}

/** Final answers to questions. */
export const ofAnswers = (db: Kysely<Tables>) => ({
  answer: statement(db.selectFrom('answers').select(['verdict', 'sealed']).where('id', '=', text('id'))),
  reusable: statement(
    db
      .selectFrom('answers')
      .select('id')
      .where('question', '=', text('question'))
      .where('verdict', '=', 'confirmed')
      .where('answered_at', '>', number('since'))
      .orderBy('answered_at', 'desc')
      .limit(1),
  ),
  newest: statement(
    db
      .selectFrom('answers')
      .select(['id', 'verdict', 'answered_at'])
      .where('question', '=', text('question'))
      .orderBy('answered_at', 'desc')
      .limit(1),
  ),
  addAnswer: statement(
    db.insertInto('answers').values({
      id: text('id'),
      question: text('question'),
      verdict: text('verdict'),
      sealed: bytes('sealed'),
      as_of: number('asOf'),
      answered_at: number('answeredAt'),
    }),
  ),
  purgeAnswer: statement(orphans(db).where('id', '=', text('id'))),
})
