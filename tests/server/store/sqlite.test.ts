import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate } from '../../../src/server/store/migrate.ts'
import { openDatabase, openSqliteStore } from '../../../src/server/store/sqlite.ts'
import { createWriter } from '../../../src/server/store/writer.ts'
import { testDirectory } from '../kit/gateway.ts'
import { storeContract } from './store-contract.ts'

describe('the SQLite store', () => {
  storeContract(() => openSqliteStore(':memory:'))

  it('has what it acknowledged when it is opened again', async () => {
    const file = join(testDirectory(), 'x.sqlite')
    const first = await openSqliteStore(file)
    await first.claimSetting('a', 'b')
    await first.close()
    const second = await openSqliteStore(file)
    expect(await second.setting('a')).toBe('b')
    await second.close()
  })

  it('waits for the disk at every commit', () => {
    const db = openDatabase(join(testDirectory(), 'x.sqlite'))
    onTestFinished(() => void db.close())
    const full = 2
    expect([db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual(['wal', full])
  })
})

describe('migrations', () => {
  it('go up, down to nothing, and up to the same again', async () => {
    const db = new Database(':memory:')
    const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: db }) })
    const schema = () =>
      db.prepare("select sql from sqlite_master where name not like 'kysely%' and sql is not null order by name").pluck().all()
    await migrate(kysely, 'blob')
    const up = schema()
    expect(up.length).toBeGreaterThan(6)
    await migrate(kysely, 'blob', 'empty')
    expect(schema()).toEqual([])
    await migrate(kysely, 'blob')
    expect(schema()).toEqual(up)
    await kysely.destroy()
  })
})

describe('writing in groups', () => {
  function opened() {
    const db = new Database(':memory:')
    onTestFinished(() => void db.close())
    db.exec('create table t (x integer primary key)')
    const add = db.prepare('insert into t values (?)')
    return { db, writer: createWriter(db), add: (x: number) => () => add.run(x).changes }
  }

  it('is one transaction for what comes at the same time', async () => {
    const { db, writer, add } = opened()
    const inside: boolean[] = []
    const writes = [1, 2, 3].map((x) => writer.write(() => (inside.push(db.inTransaction), add(x)())))
    expect(db.prepare('select count(*) from t').pluck().get()).toBe(0)
    expect(await Promise.all(writes)).toEqual([1, 1, 1])
    expect(inside).toEqual([true, true, true])
  })

  it('undoes what failed, and only that', async () => {
    const { db, writer, add } = opened()
    const results = await Promise.allSettled([
      writer.write(add(1)),
      writer.write(() => {
        add(2)()
        add(1)()
      }),
      writer.write(add(3)),
    ])
    expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(db.prepare('select x from t order by x').pluck().all()).toEqual([1, 3])
  })

  it('tells everybody when nothing could be committed', async () => {
    const { db, writer, add } = opened()
    const writes = [writer.write(add(1)), writer.write(add(2))]
    db.close()
    expect((await Promise.allSettled(writes)).map((one) => one.status)).toEqual(['rejected', 'rejected'])
  })
})
