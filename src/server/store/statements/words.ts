import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>

/** What gateways tell each other of the sources. */
export const ofWords = (db: Kysely<Tables>) => ({
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
})
