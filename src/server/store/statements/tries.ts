import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>

function sumOfTallies(db: Kysely<Tables>) {
  return db
    .selectFrom('tallies')
    .select((one) => [one.fn.sum<number | null>('matched').as('matched'), one.fn.sum<number | null>('wrong').as('wrong')])
}

/** Who tried what, and how that ended. */
export const ofTries = (db: Kysely<Tables>) => ({
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
  purgeTries: statement(db.deleteFrom('tries').where('at', '<', number('tries'))),
  purgeTallies: statement(db.deleteFrom('tallies').where('day', '<', text('triesDay'))),
})
