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
    .leftJoin('questions', (join) => join.onRef('questions.question', '=', 'queries.question').on('queries.answered_at', 'is', null))
    .select(['queries.id', 'queries.question', 'queries.ticket', 'queries.received_at', 'queries.answered_at', 'queries.collected_at'])
    .select(['queries.turn', 'answers.verdict', 'answers.sealed', 'questions.reason', 'questions.source', 'questions.not_before'])
}

/** Queries: the ids that devices gave, and what answers them. */
export const ofQueries = (db: Kysely<Tables>) => ({
  query: statement(
    db
      .selectFrom('queries')
      .select(['id', 'question', 'ticket', 'received_at', 'answer', 'answered_at', 'collected_at', 'turn'])
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
      sender: slot<Uint8Array | null>('sender'),
      turn: number('turn'),
      wary: number('wary'),
    }),
  ),
  collect: statement(
    db
      .updateTable('queries')
      .set({ collected_at: number('at') })
      .where('id', '=', text('id'))
      .where('answered_at', 'is not', null)
      .where('collected_at', 'is', null),
  ),
  /** A query that was not asked for and is brought again is a new one. */
  removeRefused: statement(
    db.deleteFrom('queries').where('id', '=', text('id')).where('answer', 'is', null).where('answered_at', 'is not', null),
  ),
  /** Those that wait for a question, in the order of their turns. */
  askers: statement(
    db
      .selectFrom('queries')
      .select(['id', 'sender', 'turn', 'wary', 'received_at'])
      .where('question', '=', text('question'))
      .where('answered_at', 'is', null)
      .orderBy('turn')
      .orderBy('received_at'),
  ),
  firstTurn: statement(
    db
      .selectFrom('queries')
      .select((one) => one.fn.min<number | null>('turn').as('turn'))
      .where('question', '=', text('question'))
      .where('answered_at', 'is', null),
  ),
  endQuery: statement(
    db
      .updateTable('queries')
      .set({ answer: slot<string | null>('answer'), answered_at: number('at'), sender: null })
      .where('id', '=', text('id'))
      .where('answered_at', 'is', null),
  ),
  queue: statement(
    db
      .selectFrom('queries')
      .where('answered_at', 'is', null)
      .select((one) => [one.fn.countAll<number>().as('open'), one.fn.min('received_at').as('oldest')]),
  ),
  fresh: statement(
    db
      .selectFrom('queries')
      .where('answered_at', 'is', null)
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
