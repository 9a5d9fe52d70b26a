import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>

/** Queries with their answer, or with what they wait for. */
export function joinedQueries(db: Kysely<Tables>) {
  return db
    .selectFrom('queries')
    .leftJoin('answers', 'answers.id', 'queries.answer')
    .leftJoin('questions', (join) => join.onRef('questions.question', '=', 'queries.question').on('queries.answer', 'is', null))
    .select(['queries.id', 'queries.question', 'queries.ticket', 'queries.received_at', 'queries.answered_at', 'queries.collected_at'])
    .select(['answers.verdict', 'answers.sealed', 'questions.reason', 'questions.source', 'questions.not_before', 'questions.turn'])
}

/** Queries: the ids that devices gave, and what answers them. */
export const ofQueries = (db: Kysely<Tables>) => ({
  query: statement(
    db
      .selectFrom('queries')
      .select(['id', 'question', 'ticket', 'received_at', 'answer', 'answered_at', 'collected_at'])
      .where('id', '=', text('id')),
  ),
  addQuery: statement(
    db.insertInto('queries').values({
      id: text('id'),
      question: text('question'),
      ticket: text('ticket'),
      received_at: number('receivedAt'),
      answer: slot<string | null>('answer'),
      answered_at: slot<number | null>('answeredAt'),
      collected_at: null,
    }),
  ),
  collect: statement(
    db
      .updateTable('queries')
      .set({ collected_at: number('at') })
      .where('id', '=', text('id'))
      .where('answer', 'is not', null)
      .where('collected_at', 'is', null),
  ),
  answerQueries: statement(
    db
      .updateTable('queries')
      .set({ answer: text('id'), answered_at: number('answeredAt') })
      .where('question', '=', text('question'))
      .where('answer', 'is', null),
  ),
  dropQueries: statement(db.deleteFrom('queries').where('question', '=', text('question')).where('answer', 'is', null)),
  queue: statement(
    db
      .selectFrom('queries')
      .where('answer', 'is', null)
      .select((one) => [one.fn.countAll<number>().as('open'), one.fn.min('received_at').as('oldest')]),
  ),
  fresh: statement(
    db
      .selectFrom('queries')
      .where('answer', 'is', null)
      // Few: a join might begin with the many.
      .where('question', 'in', db.selectFrom('questions').select('question').where('reason', 'is', null))
      .select((one) => [one.fn.countAll<number>().as('count')]),
  ),
  purgeCollected: statement(
    db
      .deleteFrom('queries')
      .where('id', 'in', (one) =>
        one
          .selectFrom('queries')
          .select('id')
          .where('collected_at', '<', number('collected'))
          .where('collected_at', 'is not', null)
          .limit(number('most')),
      )
      .returning('answer'),
  ),
  purgeUncollected: statement(
    db
      .deleteFrom('queries')
      .where('id', 'in', (one) =>
        one
          .selectFrom('queries')
          .select('id')
          .where('answered_at', '<', number('uncollected'))
          .where('collected_at', 'is', null)
          .limit(number('most')),
      )
      .returning('answer'),
  ),
})
