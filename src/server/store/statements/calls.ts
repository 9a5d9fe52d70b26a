import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'
import { lookless } from '../call.ts'

const text = slot<string>
const number = slot<number>

/** Calls of metered sources. */
export const ofCalls = (db: Kysely<Tables>) => ({
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
  purgeCalls: statement(
    db
      .deleteFrom('calls')
      .where('id', 'in', (one) => one.selectFrom('calls').select('id').where('day', '<', text('callsDay')).limit(number('most'))),
  ),
})
