import { existsSync } from 'node:fs'
import { Kysely, PostgresDialect, SqliteDialect, sql, type Transaction } from 'kysely'
import type { Config } from '../config.ts'
import { lockDirectory } from '../store/lock.ts'
import { migrate } from '../store/migrate.ts'
import { databaseFile, makeDirectory } from '../store/open.ts'
import { isAnybodyPresent } from '../store/postgres/presence.ts'
import { createPatientPool } from '../store/postgres/pool.ts'
import type { Tables } from '../store/schema.ts'
import { openDatabase } from '../store/sqlite.ts'
import { tableKeys, tableNames, type Row, type TableName } from './tables.ts'

export type Where = Pick<Config, 'data' | 'databaseUrl' | 'secret'>

/** The data of a gateway, whichever engine has them. */
export interface Database {
  /** Every row of every table as they were at one moment, also while gateways write. */
  rows(): AsyncGenerator<{ readonly table: TableName; readonly row: Row }>
  isEmpty(): Promise<boolean>
  /** Puts rows in the place of everything there is, in one transaction: all of it or nothing. */
  replace(rows: AsyncIterable<{ readonly table: TableName; readonly row: Row }>): Promise<void>
  close(): Promise<void>
}

const pageSize = 500

/** Opens the data to copy them. @throws when there are none. */
export async function openToRead({ data, databaseUrl }: Where): Promise<Database> {
  if (databaseUrl !== null) return overKysely(postgres(databaseUrl), true)
  const file = databaseFile({ data })
  if (!existsSync(file)) throw new Error(`There is no gateway data in ${data}.`)
  return overKysely(sqlite(file), false)
}

/** Opens the data to replace them; tables are made when they are missing. @throws while a gateway runs on them. */
export async function openToReplace({ data, databaseUrl }: Where): Promise<Database> {
  if (databaseUrl !== null) {
    const db = postgres(databaseUrl)
    await migrate(db as unknown as Kysely<unknown>, 'bytea')
    if (await isAnybodyPresent(db as unknown as Kysely<unknown>)) {
      await db.destroy()
      throw new Error('A gateway runs on this database: stop it first.')
    }
    return overKysely(db, true)
  }
  makeDirectory({ data })
  const unlock = lockDirectory(data)
  const db = sqlite(databaseFile({ data }))
  await migrate(db as unknown as Kysely<unknown>, 'blob')
  const database = overKysely(db, false)
  return { ...database, close: () => database.close().finally(unlock) }
}

function sqlite(file: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: openDatabase(file) }) })
}

function postgres(url: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: createPatientPool(url) }) })
}

function overKysely(db: Kysely<Tables>, isPostgres: boolean): Database {
  return {
    async *rows() {
      const building = isPostgres ? db.startTransaction().setIsolationLevel('repeatable read') : db.startTransaction()
      const on = await building.execute()
      try {
        for (const table of tableNames) for await (const row of pagesOf(on, table)) yield { table, row }
      } finally {
        await on.rollback().execute()
      }
    },
    async isEmpty() {
      for (const table of tableNames) if ((await page(db, table, null, 1)).length > 0) return false
      return true
    },
    replace: (rows) =>
      db.transaction().execute(async (on) => {
        for (const table of tableNames) await on.deleteFrom(table).execute()
        let batch: Row[] = []
        let current: TableName | null = null
        const flush = async () => {
          // What a row holds was written by this version from the same tables.
          if (current !== null && batch.length > 0)
            await on
              .insertInto(current)
              .values(batch as never)
              .execute()
          batch = []
        }
        for await (const { table, row } of rows) {
          if (table !== current || batch.length >= pageSize) await flush()
          current = table
          batch.push(row)
        }
        await flush()
      }),
    close: () => db.destroy(),
  }
}

async function* pagesOf(on: Transaction<Tables>, table: TableName): AsyncGenerator<Row> {
  let last: Row | null = null
  for (;;) {
    const rows: Row[] = await page(on, table, last, pageSize)
    yield* rows
    last = rows.at(-1) ?? null
    if (last === null || rows.length < pageSize) return
  }
}

async function page(on: Kysely<Tables>, table: TableName, after: Row | null, limit: number): Promise<Row[]> {
  const keys: readonly string[] = tableKeys[table]
  const columns = sql.join(keys.map((key) => sql.ref(key)))
  const where = after === null ? sql`` : sql`where (${columns}) > (${sql.join(keys.map((key) => after[key]))})`
  const { rows } = await sql<Row>`select * from ${sql.table(table)} ${where} order by ${columns} limit ${limit}`.execute(on)
  return rows
}
