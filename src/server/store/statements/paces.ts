import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>
const number = slot<number>

/** When the next call of a source may begin. */
export const ofPaces = (db: Kysely<Tables>) => ({
  nextPlace: statement(db.selectFrom('paces').select('next_at').where('source', '=', text('source'))),
  putPlace: statement(
    db
      .insertInto('paces')
      .values({ source: text('source'), next_at: number('next') })
      .onConflict((conflict) => conflict.column('source').doUpdateSet((one) => ({ next_at: one.ref('excluded.next_at') }))),
  ),
})
