import type { Kysely } from 'kysely'
import type { Tables } from '../schema.ts'
import { slot, statement } from '../statement.ts'

const text = slot<string>

/** Settings of all gateways on one database. */
export const ofSettings = (db: Kysely<Tables>) => ({
  setting: statement(db.selectFrom('settings').select('value').where('name', '=', text('name'))),
  claimSetting: statement(
    db
      .insertInto('settings')
      .values({ name: text('name'), value: text('value') })
      .onConflict((conflict) => conflict.column('name').doNothing()),
  ),
})
