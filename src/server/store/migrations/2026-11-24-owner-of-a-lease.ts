import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** With several gateways on one database, a gateway that starts ends only the leases of those that are gone. */
export const ownerOfALease: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('questions').addColumn('owner', 'integer').execute()
  },
  async down(db: Kysely<unknown>) {
    await db.schema.alterTable('questions').dropColumn('owner').execute()
  },
}
