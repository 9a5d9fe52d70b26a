import { sql, type ExpressionBuilder, type Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>
const bytes = slot<Uint8Array>

/** Nobody asks it now. */
const isFree = (one: ExpressionBuilder<Tables, 'questions'>) =>
  one.or([one('lease_until', '<=', number('now')), one('lease_until', '>', number('farthest'))])

/** Open questions: who asks them, and whose turn it is. */
export const ofQuestions = (db: Kysely<Tables>) => ({
  wait: statement(db.selectFrom('questions').select(['reason', 'source', 'not_before']).where('question', '=', text('question'))),
  openQuestion: statement(
    db
      .insertInto('questions')
      .values({
        question: text('question'),
        invoice: text('invoice'),
        elements: bytes('elements'),
        created_at: number('receivedAt'),
        reason: null,
        source: null,
        not_before: 0,
        lease_until: number('leaseUntil'),
        owner: null,
        turn: number('turn'),
        shared: 0,
        statements: '[]',
      })
      .onConflict((conflict) => conflict.column('question').doNothing()),
  ),
  dueForSource: statement(
    db
      .selectFrom('questions')
      .select(['question', 'invoice', 'elements', 'statements', 'source', 'turn', 'shared'])
      .where('source', '=', text('source'))
      .where(isFree)
      .where('not_before', '<=', number('now'))
      .orderBy('turn')
      .limit(number('limit'))
      .offset(number('skip')),
  ),
  dueForAny: statement(
    db
      .selectFrom('questions')
      .select(['question', 'invoice', 'elements', 'statements', 'source', 'turn', 'shared'])
      .where('source', 'is', null)
      .where(isFree)
      .where('not_before', '<=', number('now'))
      .orderBy('turn')
      .limit(number('limit'))
      .offset(number('skip')),
  ),
  lease: statement(
    db
      .updateTable('questions')
      .set({ lease_until: number('until') })
      .where('question', '=', text('question')),
  ),
  closeQuestion: statement(db.deleteFrom('questions').where('question', '=', text('question'))),
  /** Others wait for it: its place is now theirs. */
  moveQuestion: statement(
    db
      .updateTable('questions')
      .set({ turn: number('turn'), lease_until: 0, shared: 1 })
      .where('question', '=', text('question')),
  ),
  /** Somebody joins whose turn is before all others'. */
  advanceQuestion: statement(
    db
      .updateTable('questions')
      .set({ turn: number('turn') })
      .where('question', '=', text('question'))
      .where('turn', '>', number('turn')),
  ),
  /** Somebody joins who may spend looks that were not spent on those who wait. */
  retryQuestion: statement(
    db.updateTable('questions').set({ not_before: 0 }).where('question', '=', text('question')).where('reason', '=', 'daily-limit'),
  ),
  line: statement(
    db
      .selectFrom('questions')
      // A whole number divided by one: both engines drop the rest.
      .select((one) => [sql<number>`turn / 60000`.as('minute'), one.fn.countAll<number>().as('count')])
      .where('source', '=', text('source'))
      .where('not_before', '<=', number('now'))
      .groupBy('minute')
      .orderBy('minute'),
  ),
  park: statement(
    db
      .updateTable('questions')
      .set({
        reason: text('reason'),
        source: slot<string | null>('source'),
        not_before: number('notBefore'),
        lease_until: 0,
        statements: text('statements'),
      })
      .where('question', '=', text('question')),
  ),
  openSources: statement(db.selectFrom('questions').select('source').distinct().where('source', 'is not', null)),
  releaseAll: statement(db.updateTable('questions').set({ lease_until: 0 }).where('lease_until', '>', 0)),
  forgetSource: statement(db.updateTable('questions').set({ source: null }).where('source', '=', text('source'))),
})
