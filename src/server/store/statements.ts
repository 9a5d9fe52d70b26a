import { DummyDriver, Kysely, sql, type Dialect, type DialectAdapter, type ExpressionBuilder, type QueryCompiler } from 'kysely'
import type { Tables } from './schema.ts'
import { slot, statement } from './statement.ts'
import { lookless } from './store.ts'

/**
 * Milliseconds by which the clocks of gateways on one database may differ. A lease that ends later than that after a new one would was given
 * before the clock was set back, so it says nothing.
 */
export const skewMs = 60_000

/** A builder that only compiles, for the dialect of `compiler`. */
export function compilerOf(adapter: DialectAdapter, compiler: QueryCompiler): Kysely<Tables> {
  const dialect: Dialect = {
    createAdapter: () => adapter,
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => compiler,
    createIntrospector: () => {
      throw new Error('a compiler has no database')
    },
  }
  return new Kysely<Tables>({ dialect })
}

/** Queries with their answer, or with what they wait for. */
export function joinedQueries(db: Kysely<Tables>) {
  return db
    .selectFrom('queries')
    .leftJoin('answers', 'answers.id', 'queries.answer')
    .leftJoin('questions', (join) => join.onRef('questions.question', '=', 'queries.question').on('queries.answer', 'is', null))
    .select(['queries.id', 'queries.question', 'queries.ticket', 'queries.received_at', 'queries.answered_at', 'queries.collected_at'])
    .select(['answers.verdict', 'answers.sealed', 'questions.reason', 'questions.source', 'questions.not_before', 'questions.turn'])
}

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

function sumOfTallies(db: Kysely<Tables>) {
  return db
    .selectFrom('tallies')
    .select((one) => [one.fn.sum<number | null>('matched').as('matched'), one.fn.sum<number | null>('wrong').as('wrong')])
}

/** Every statement of the hot path, compiled once. The values are given by name when one runs. */
export function statementsFor(adapter: DialectAdapter, compiler: QueryCompiler) {
  const db = compilerOf(adapter, compiler)
  const text = slot<string>
  const number = slot<number>
  const bytes = slot<Uint8Array>
  const isFree = (one: ExpressionBuilder<Tables, 'questions'>) =>
    one.or([one('lease_until', '<=', number('now')), one('lease_until', '>', number('farthest'))])

  return {
    query: statement(
      db
        .selectFrom('queries')
        .select(['id', 'question', 'ticket', 'received_at', 'answer', 'answered_at', 'collected_at'])
        .where('id', '=', text('id')),
    ),
    answer: statement(db.selectFrom('answers').select(['verdict', 'sealed']).where('id', '=', text('id'))),
    wait: statement(db.selectFrom('questions').select(['reason', 'source', 'not_before', 'turn']).where('question', '=', text('question'))),
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
          wary: number('wary'),
          device: text('device'),
          network: text('network'),
          statements: '[]',
        })
        .onConflict((conflict) => conflict.column('question').doNothing()),
    ),
    dueForSource: statement(
      db
        .selectFrom('questions')
        .select(['question', 'invoice', 'elements', 'statements', 'wary', 'device', 'network'])
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
        .select(['question', 'invoice', 'elements', 'statements', 'wary', 'device', 'network'])
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
    looks: statement(
      db
        .selectFrom('calls')
        .select((one) => one.fn.countAll<number>().as('count'))
        .where('invoice', '=', text('invoice'))
        .where('day', '=', text('day'))
        // What the source did not answer cost no look; a call that was cut off may have.
        .where((one) => one.or([one('outcome', 'is', null), one('outcome', 'not in', lookless)])),
    ),
    spent: statement(
      db
        .selectFrom('calls')
        .select((one) => one.fn.countAll<number>().as('count'))
        .where('source', '=', text('source'))
        .where('day', '=', text('day'))
        .where((one) => one.or([one('outcome', 'is', null), one('outcome', 'not in', lookless)])),
    ),
    callsOf: statement(
      db
        .selectFrom('calls')
        .select((one) => ['source', 'outcome', one.fn.countAll<number>().as('count')])
        .where('day', '=', text('day'))
        .groupBy(['source', 'outcome'])
        .orderBy('source')
        .orderBy('outcome'),
    ),
    addCall: statement(
      db.insertInto('calls').values({
        id: text('id'),
        source: text('source'),
        invoice: text('invoice'),
        day: text('day'),
        at: number('at'),
        outcome: null,
      }),
    ),
    endCall: statement(
      db
        .updateTable('calls')
        .set({ outcome: text('outcome') })
        .where('id', '=', text('id')),
    ),
    closeQuestion: statement(db.deleteFrom('questions').where('question', '=', text('question')).returning(['device', 'network'])),
    dropQueries: statement(db.deleteFrom('queries').where('question', '=', text('question')).where('answer', 'is', null)),
    addTry: statement(
      db
        .insertInto('tries')
        .values({ sender: text('sender'), invoice: text('invoice'), question: text('question'), at: number('at') })
        .onConflict((conflict) => conflict.columns(['sender', 'invoice']).doNothing()),
    ),
    firstTry: statement(
      db.selectFrom('tries').select('question').where('sender', '=', text('sender')).where('invoice', '=', text('invoice')),
    ),
    addTally: statement(
      db
        .insertInto('tallies')
        .values({ sender: text('sender'), day: text('day'), matched: number('matched'), wrong: number('wrong') })
        .onConflict((conflict) =>
          conflict.columns(['sender', 'day']).doUpdateSet((one) => ({
            matched: one('tallies.matched', '+', one.ref('excluded.matched')),
            wrong: one('tallies.wrong', '+', one.ref('excluded.wrong')),
          })),
        ),
    ),
    tally: statement(sumOfTallies(db).where('sender', '=', text('sender')).where('day', '>=', text('since'))),
    tallyOfAll: statement(sumOfTallies(db).where('day', '>=', text('since'))),
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
    answerQueries: statement(
      db
        .updateTable('queries')
        .set({ answer: text('id'), answered_at: number('answeredAt') })
        .where('question', '=', text('question'))
        .where('answer', 'is', null),
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
    purgeAnswer: statement(orphans(db).where('id', '=', text('id'))),
    purgeCalls: statement(
      db
        .deleteFrom('calls')
        .where('id', 'in', (one) => one.selectFrom('calls').select('id').where('day', '<', text('callsDay')).limit(number('most'))),
    ),
    purgeTries: statement(db.deleteFrom('tries').where('at', '<', number('tries'))),
    purgeTallies: statement(db.deleteFrom('tallies').where('day', '<', text('triesDay'))),
    forgetSenders: statement(
      db
        .updateTable('questions')
        .set({ device: null, network: null })
        .where('network', 'is not', null)
        .where('created_at', '<', number('tries')),
    ),
    tell: statement(
      db
        .insertInto('words')
        .values({
          source: text('source'),
          gateway: text('gateway'),
          state: text('state'),
          revision: number('revision'),
          changed: number('changed'),
          age: number('age'),
          told_at: number('toldAt'),
        })
        .onConflict((conflict) =>
          conflict
            .columns(['source', 'gateway'])
            .doUpdateSet((one) => ({
              state: one.ref('excluded.state'),
              revision: one.ref('excluded.revision'),
              changed: one.ref('excluded.changed'),
              age: one.ref('excluded.age'),
              told_at: one.ref('excluded.told_at'),
            }))
            .whereRef('words.revision', '<', 'excluded.revision'),
        ),
    ),
    words: statement(db.selectFrom('words').selectAll()),
    purgeWords: statement(db.deleteFrom('words').where('told_at', '<', number('words'))),
    record: statement(db.selectFrom('records').selectAll().where('key', '=', text('key'))),
    putRecord: statement(
      db
        .insertInto('records')
        .values({
          key: text('key'),
          kind: text('kind'),
          code: slot<string | null>('code'),
          number: text('number'),
          issued_on: text('issuedOn'),
          amount_ex_tax: slot<number | null>('amountExTax'),
          tax: slot<number | null>('tax'),
          amount: slot<number | null>('amount'),
          check_code: slot<string | null>('checkCode'),
          seller_name: slot<string | null>('sellerName'),
          seller_tax_id: slot<string | null>('sellerTaxId'),
          buyer_name: slot<string | null>('buyerName'),
          buyer_tax_id: slot<string | null>('buyerTaxId'),
          lines: slot<string | null>('lines'),
          state: text('state'),
          updated_at: number('updatedAt'),
        })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet((one) => ({
            kind: one.ref('excluded.kind'),
            code: one.ref('excluded.code'),
            number: one.ref('excluded.number'),
            issued_on: one.ref('excluded.issued_on'),
            amount_ex_tax: one.ref('excluded.amount_ex_tax'),
            tax: one.ref('excluded.tax'),
            amount: one.ref('excluded.amount'),
            check_code: one.ref('excluded.check_code'),
            seller_name: one.ref('excluded.seller_name'),
            seller_tax_id: one.ref('excluded.seller_tax_id'),
            buyer_name: one.ref('excluded.buyer_name'),
            buyer_tax_id: one.ref('excluded.buyer_tax_id'),
            lines: one.ref('excluded.lines'),
            state: one.ref('excluded.state'),
            updated_at: one.ref('excluded.updated_at'),
          })),
        ),
    ),
    records: statement(db.selectFrom('records').selectAll().where('key', '>', text('after')).orderBy('key').limit(number('limit'))),
    setting: statement(db.selectFrom('settings').select('value').where('name', '=', text('name'))),
    claimSetting: statement(
      db
        .insertInto('settings')
        .values({ name: text('name'), value: text('value') })
        .onConflict((conflict) => conflict.column('name').doNothing()),
    ),
  }
}
