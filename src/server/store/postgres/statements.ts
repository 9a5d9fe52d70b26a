import { PostgresAdapter, PostgresQueryCompiler, sql, type RawBuilder } from 'kysely'
import type { LentQuestion, WaitingRow } from '../rows.ts'
import type { AnswerRow, QueryRow, QuestionRow, RecordRow, TallyRow, TryRow } from '../schema.ts'
import { slot, statement } from '../statement.ts'
import { orphans } from '../statements/answers.ts'
import { compilerOf, statementsFor } from '../statements/index.ts'
import { joinedQueries } from '../statements/queries.ts'

/** Locks of one purpose each (the first number of an advisory lock). */
export const lockFor = { looks: 1_886_281_569, budget: 1_886_281_570, presence: 1_886_281_571 } as const

/**
 * The statements of the store for PostgreSQL: those of both engines, and those that work on many rows at once or keep several gateways out of
 * each other's way.
 */
export function postgresStatements() {
  const adapter = new PostgresAdapter()
  const compiler = new PostgresQueryCompiler()
  const db = compilerOf(adapter, compiler)
  const raw = <Row>(of: RawBuilder<Row>) => statement<Row>({ compile: () => of.compile(db) })
  const text = slot<string>
  const number = slot<number>

  const clock = sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`
  const span = sql<number>`${number('span')}::float8`
  const farthest = sql<number>`${number('farthest')}::float8`

  return {
    ...statementsFor(adapter, compiler),

    queries: statement(joinedQueries(db).where(sql<boolean>`queries.id = any(${text('ids')}::text[])`)),
    /** The newest `confirmed` of each question. */
    confirmed: raw<Pick<AnswerRow, 'question' | 'id' | 'answered_at'>>(
      sql`select distinct on (question) question, id, answered_at from answers
        where question = any(${text('questions')}::text[]) and verdict = 'confirmed' order by question, answered_at desc`,
    ),
    // In the order of their keys, as everybody's: whoever waits for a key holds none that comes after it.
    openQuestions: raw<Pick<QuestionRow, 'question'>>(
      sql`insert into questions (question, invoice, elements, created_at, not_before, lease_until, owner, statements, turn, shared)
        select question, invoice, elements, created_at, 0, lease_until, owner, '[]', turn, 0
        from json_populate_recordset(null::questions, ${text('rows')}) order by question
        on conflict (question) do nothing returning question`,
    ),
    /** A question that is kept so is not answered before this transaction has ended. */
    keepQuestions: raw<Pick<QuestionRow, 'question'>>(
      sql`select question from questions where question = any(${text('questions')}::text[]) order by question for key share`,
    ),
    /** Somebody joins whose turn is before all others', or who may spend looks that were not spent on those who wait. */
    joinQuestions: raw(
      sql`update questions set turn = least(questions.turn, joined.turn),
          not_before = case when reason = 'daily-limit' and joined.wary = 0 then 0 else not_before end
        from (select question, min(turn) as turn, min(wary) as wary
          from json_to_recordset(${text('rows')}) as rows (question text, turn bigint, wary integer) group by question) as joined
        where questions.question = joined.question
          and (questions.turn > joined.turn or (reason = 'daily-limit' and joined.wary = 0 and not_before > 0))`,
    ),
    /** Nobody joins a question that is held so until this transaction has ended. */
    holdQuestion: raw(sql`select question from questions where question = ${text('question')} for update`),
    waitingOf: raw<Pick<QueryRow, 'id'>>(
      sql`select id from queries where id = any(${text('ids')}::text[]) and answered_at is null order by id for no key update`,
    ),
    endQueries: raw(
      sql`update queries set answer = ${slot<string | null>('answer')}::text, answered_at = ${number('at')}, sender = null
        where id = any(${text('ids')}::text[])`,
    ),
    removeRefusedOf: raw(sql`delete from queries where id = any(${text('ids')}::text[]) and answer is null and answered_at is not null`),
    askersOf: raw<WaitingRow & Pick<QueryRow, 'question'>>(
      sql`select question, id, sender, turn, wary, received_at from queries
        where question = any(${text('questions')}::text[]) and answered_at is null order by turn, received_at`,
    ),
    // In the order of their keys, too. A try of before stays the first one.
    addTries: raw(
      sql`insert into tries select * from json_populate_recordset(null::tries, ${text('rows')}) order by sender, invoice
        on conflict (sender, invoice) do nothing`,
    ),
    firstTries: raw<TryRow>(
      sql`select sender, invoice, question, at from tries
        where (sender, invoice) in (select sender, invoice from json_populate_recordset(null::tries, ${text('rows')}))`,
    ),
    wrongSenders: raw<Pick<TallyRow, 'sender'>>(
      sql`select distinct sender from tallies
        where sender = any(${text('senders')}::text[]) and day >= ${text('since')} and wrong > 0`,
    ),
    addTallies: raw(
      sql`insert into tallies select * from json_populate_recordset(null::tallies, ${text('rows')}) order by sender
        on conflict (sender, day) do update set matched = tallies.matched + excluded.matched, wrong = tallies.wrong + excluded.wrong`,
    ),
    addQueries: raw(sql`insert into queries select * from json_populate_recordset(null::queries, ${text('rows')}) order by id`),
    collectAll: raw(
      sql`update queries set collected_at = ${number('at')}
        where id = any(${text('ids')}::text[]) and answered_at is not null and collected_at is null`,
    ),
    endCalls: raw(
      sql`update calls set outcome = ended.outcome from json_to_recordset(${text('calls')}) as ended (id text, outcome text)
        where calls.id = ended.id`,
    ),

    leaseDue: raw<LentQuestion>(
      sql`with due as (
          select question from questions
          where source is not distinct from ${slot<string | null>('source')}::text
            and (lease_until <= ${number('now')} or lease_until > ${number('farthest')}) and not_before <= ${number('now')}
          order by turn limit ${number('limit')} offset ${number('skip')} for no key update skip locked)
        update questions set lease_until = ${number('until')}, owner = ${number('owner')} from due
        where questions.question = due.question
        returning questions.question, invoice, elements, statements, source, turn, shared`,
    ),
    purgeAnswers: statement(orphans(db).where(sql<boolean>`id = any(${text('ids')}::text[])`)),
    /** Ends the leases of this gateway, which has just begun, and of all that are not there any more. */
    releaseGone: raw(
      sql`update questions set lease_until = 0, owner = null
        where lease_until > 0 and (owner is null or owner = ${number('owner')} or owner not in (
          select objid::bigint from pg_locks where locktype = 'advisory' and classid = ${lockFor.presence} and granted))`,
    ),
    present: raw(sql`select pg_advisory_lock(${lockFor.presence}, ${number('owner')})`),

    /** By the clock of the database alone: those of gateways differ. */
    place: raw<{ wait: number }>(
      sql`insert into paces (source, next_at) select ${text('source')}, ${clock} + ${span}
        on conflict (source) do update set next_at = ${span} + case
          when paces.next_at between excluded.next_at - ${span} and excluded.next_at - ${span} + ${farthest} then paces.next_at
          else excluded.next_at - ${span} end
        where paces.next_at <= excluded.next_at - ${span} + ${slot<number>('longestMs')}::float8
          or paces.next_at > excluded.next_at - ${span} + ${farthest}
        returning next_at - ${span} - ${clock} as wait`,
    ),

    lockLooks: raw(sql`select pg_advisory_xact_lock(${lockFor.looks}, hashtext(${text('invoice')}))`),
    lockBudget: raw(sql`select pg_advisory_xact_lock(${lockFor.budget}, hashtext(${text('source')}))`),

    recordsOf: raw<RecordRow>(sql`select * from records where key = any(${text('keys')}::text[]) for update`),
    putRecords: raw(
      sql`insert into records select * from json_populate_recordset(null::records, ${text('rows')}) order by key
        on conflict (key) do update set kind = excluded.kind, code = excluded.code, number = excluded.number, issued_on = excluded.issued_on,
          amount_ex_tax = excluded.amount_ex_tax, tax = excluded.tax, amount = excluded.amount, check_code = excluded.check_code,
          seller_name = excluded.seller_name, seller_tax_id = excluded.seller_tax_id, buyer_name = excluded.buyer_name,
          buyer_tax_id = excluded.buyer_tax_id, lines = excluded.lines, state = excluded.state, updated_at = excluded.updated_at`,
    ),
  }
}

export type PostgresStatements = ReturnType<typeof postgresStatements>
