import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate } from '../../../src/server/store/migrate.ts'
import { openPostgresStore } from '../../../src/server/store/postgres/store.ts'
import { emptyDatabase, execute, testDatabase } from '../kit/postgres/database.ts'
import { waitsOn } from './migrated.ts'
import { storeContract } from './store-contract.ts'

describe('the PostgreSQL store', () => {
  storeContract(async () => openPostgresStore(await testDatabase()))
})

describe('migrations on PostgreSQL', () => {
  it('go up, down to nothing, and up to the same again', async () => {
    const url = await emptyDatabase()
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) })
    onTestFinished(() => db.destroy())
    const schema = () =>
      execute(
        url,
        `select table_name, column_name, data_type, is_nullable from information_schema.columns
          where table_schema = 'public' and table_name not like 'kysely%'
        union all select tablename, indexname, indexdef, '' from pg_indexes where schemaname = 'public' and tablename not like 'kysely%'
        order by 1, 2, 3`,
      )
    await migrate(db, 'bytea')
    const up = await schema()
    expect(up.length).toBeGreaterThan(40)
    await migrate(db, 'bytea', 'empty')
    expect(await schema()).toEqual([])
    await migrate(db, 'bytea')
    expect(await schema()).toEqual(up)
  })

  it('let wait on in their turn what waited before whose it is was kept', async () => {
    const url = await emptyDatabase()
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }) })
    onTestFinished(() => db.destroy())
    await migrate(db, 'bytea')
    await waitsOn(db, 'bytea')
  })

  it('are made once when several gateways start at the same time', async () => {
    const url = await emptyDatabase()
    const stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore(url)))
    expect(await stores[3]?.queue()).toEqual({ parked: 0, oldest: null })
    await Promise.all(stores.map((one) => one.close()))
  })
})
