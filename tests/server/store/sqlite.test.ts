import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { migrate } from '../../../src/server/store/migrate.ts'
import { openDatabase, openSqliteStore } from '../../../src/server/store/sqlite.ts'
import type { Statement } from '../../../src/server/store/statement.ts'
import { statementsFor } from '../../../src/server/store/statements/index.ts'
import { createWriter } from '../../../src/server/store/writer.ts'
import { testDirectory } from '../kit/gateway.ts'
import { waitsOn } from './migrated.ts'
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

describe('a long queue', () => {
  const statements = statementsFor(new SqliteAdapter(), new SqliteQueryCompiler())

  function plans() {
    const db = new Database(':memory:')
    onTestFinished(() => void db.close())
    return migrate(new Kysely<unknown>({ dialect: new SqliteDialect({ database: db }) }), 'blob').then(() => (of: Statement<unknown>) => {
      const steps = db.prepare(`explain query plan ${of.sql}`).all(...of.parameters.map(() => 0)) as { detail: string }[]
      return steps.map(({ detail }) => detail).join('; ')
    })
  }

  it('is counted and told of from indexes alone: rows are sealed elements, and half a million of them take seconds', async () => {
    const plan = await plans()
    expect(plan(statements.line)).toContain('SEARCH questions USING COVERING INDEX questions_line (source=?)')
    expect(plan(statements.queue)).toContain('USING COVERING INDEX queries_open')
    expect(plan(statements.fresh)).toContain('SEARCH queries USING COVERING INDEX queries_open (question=?)')
    expect(plan(statements.fresh)).toContain('questions USING COVERING INDEX questions_fresh')
  })

  it('is asked in the order of its turns, without sorting what waits', async () => {
    const plan = await plans()
    for (const of of [statements.dueForSource, statements.dueForAny])
      expect(plan(of)).toBe('SEARCH questions USING INDEX questions_line (source=?)')
  })

  it('is not read through every hour for old answers', async () => {
    const plan = await plans()
    expect(plan(statements.purgeCollected)).toMatch(/LIST SUBQUERY 1; SEARCH queries USING INDEX queries_collected \(.*collected_at<\?\)$/)
    expect(plan(statements.purgeUncollected)).toMatch(/LIST SUBQUERY 1; SEARCH queries USING INDEX queries_age \(.*answered_at<\?\)$/)
    expect(plan(statements.purgeAnswer)).toBe(
      'SEARCH answers USING INDEX sqlite_autoindex_answers_1 (id=?); CORRELATED SCALAR SUBQUERY 1; SEARCH queries USING COVERING INDEX queries_answer (answer=?)',
    )
    expect(plan(statements.purgeCalls)).toContain('SEARCH calls USING INDEX calls_budget (day<?)')
  })

  it('is never read through by what a request does', async () => {
    const plan = await plans()
    const { query, answer, wait, reusable, addQuery, openQuestion, collect, looks, spent, closeQuestion, firstTry, tally, ...rest } =
      statements
    const { endCall, park, lease, addAnswer, addTally, addTry, record } = rest
    const { endQuery, removeRefused, askers, firstTurn, newest, moveQuestion, advanceQuestion, retryQuestion } = statements
    const shared = { endQuery, removeRefused, askers, firstTurn, newest, moveQuestion, advanceQuestion, retryQuestion }
    const asked = { query, answer, wait, reusable, addQuery, openQuestion, collect, looks, spent, closeQuestion, firstTry, tally }
    for (const [name, of] of Object.entries({
      ...asked,
      ...shared,
      endCall,
      park,
      lease,
      addAnswer,
      addTally,
      addTry,
      record,
    })) {
      expect(`${name}: ${plan(of)}`).not.toContain('SCAN')
    }
  })
})

describe('migrations', () => {
  it('let wait on in their turn what waited before whose it is was kept', async () => {
    const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: new Database(':memory:') }) })
    await migrate(kysely, 'blob')
    await waitsOn(kysely, 'blob')
    await kysely.destroy()
  })

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
