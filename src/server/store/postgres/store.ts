import { randomInt } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import { dateAt } from '../../../domain/index.ts'
import { createGroup } from '../group.ts'
import { migrate } from '../migrate.ts'
import {
  sameRecord,
  toKnownAnswer,
  toOpenQuestion,
  toRecordRow,
  toStoredQuery,
  toStoredRecord,
  toTally,
  toWaitingQuery,
  toWord,
} from '../rows.ts'
import { skewMs } from '../statements/index.ts'
import type { CallCount, EndedCall } from '../call.ts'
import type { Put, StoredRecord } from '../record.ts'
import { farthestMs } from '../shared.ts'
import { StoreAway, type Ending, type Settled, type Store, type WaitingQuery } from '../store.ts'
import { admitAll } from './admit.ts'
import { createSession, type Connection } from './connection.ts'
import { faultOfStore } from './fault.ts'
import { createPatientPool, createPool } from './pool.ts'
import { showPresence } from './presence.ts'
import { postgresStatements } from './statements.ts'

/**
 * The store in a PostgreSQL database, which several gateways may share. Every change is one transaction under READ COMMITTED with
 * `synchronous_commit=on`; what must not happen at the same time is kept apart by row locks and advisory locks.
 * @param url `postgresql://user:password@host/database`
 * @throws {StoreAway} when the database cannot be reached.
 */
export async function openPostgresStore(url: string): Promise<Store> {
  const statements = postgresStatements()
  const owner = randomInt(1, 2 ** 31 - 1)
  try {
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: createPatientPool(url) }) })
    await migrate(db, 'bytea').finally(() => db.destroy())
    const leave = await showPresence(url, statements, owner)
    return postgresStore(url, statements, owner, leave)
  } catch (error) {
    throw faultOfStore(error)
  }
}

/** Milliseconds for which what a source has said is kept until the database can be reached: no longer than the lease of its question. */
const patienceMs = 30_000
const retryMs = 250

/** Runs `work` again while the database is away: what a source has said is not asked for twice. Only for what can be done twice. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = patienceMs / retryMs; ; left--) {
    try {
      return await work()
    } catch (error) {
      if (left <= 0 || !(error instanceof StoreAway)) throw error
      await delay(retryMs)
    }
  }
}

function postgresStore(url: string, statements: ReturnType<typeof postgresStatements>, owner: number, leave: () => Promise<void>): Store {
  const pool = createPool(url)
  const session = createSession(pool)
  const { all, run, transact } = session
  const isAway = (error: unknown) => error instanceof StoreAway
  const admit = createGroup(
    (arrivals: Parameters<Store['admit']>[0]) => transact((on) => admitAll(on, statements, owner, arrivals)),
    isAway,
  )
  const find = createGroup(async (ids: readonly string[]) => {
    const rows = await all(statements.queries, { ids: [...new Set(ids)] })
    const found = new Map(rows.map((row) => [row.id, toStoredQuery(row)]))
    return ids.map((id) => found.get(id) ?? null)
  }, isAway)

  async function endCalls(on: Connection, calls: readonly EndedCall[]): Promise<void> {
    if (calls.length > 0) await on.run(statements.endCalls, { calls: JSON.stringify(calls) })
  }

  const waiting = createGroup(async (questions: readonly string[]): Promise<WaitingQuery[][]> => {
    const rows = await all(statements.askersOf, { questions: [...new Set(questions)] })
    const found = new Map<string, WaitingQuery[]>(questions.map((question) => [question, []]))
    for (const row of rows) found.get(row.question)?.push(toWaitingQuery(row))
    return questions.map((question) => found.get(question) ?? [])
  }, isAway)

  async function settle(
    on: Connection,
    question: string,
    { at, answered, answer, refused, tallies }: Ending,
    calls: readonly EndedCall[],
  ): Promise<Settled> {
    const [, open] = await Promise.all([
      on.all(statements.holdQuestion, { question }),
      on.all(statements.waitingOf, { ids: [...answered, ...refused] }),
      endCalls(on, calls),
    ])
    const ids = new Set(open.map(({ id }) => id))
    const told = answered.filter((id) => ids.has(id))
    const sent = refused.filter((id) => ids.has(id))
    const kept = typeof answer === 'string' ? answer : (answer?.id ?? null)
    const rows = [...tallies].map(([sender, tally]) => ({ sender, day: dateAt(at), ...tally }))
    const isNew = told.length > 0 && answer !== null && typeof answer !== 'string'
    // In this order on one connection, though none waits for the one before.
    const [, , , , [first]] = await Promise.all([
      isNew ? on.run(statements.addAnswer, { ...answer, question }) : 0,
      told.length > 0 && rows.length > 0 ? on.run(statements.addTallies, { rows: JSON.stringify(rows) }) : 0,
      told.length > 0 ? on.run(statements.endQueries, { ids: told, answer: kept, at }) : 0,
      sent.length > 0 ? on.run(statements.endQueries, { ids: sent, answer: null, at }) : 0,
      on.all(statements.firstTurn, { question }),
    ])
    const turn = first?.turn ?? null
    if (turn === null) await on.run(statements.closeQuestion, { question })
    else await on.run(statements.moveQuestion, { question, turn })
    return { ended: ids.size, more: turn !== null }
  }

  return {
    isShared: true,
    admit: (arrivals) => admit(arrivals),
    find: (ids) => find(ids),
    markCollected: async (ids, at) => void (await run(statements.collectAll, { ids, at })),

    async lease({ source, now, until, limit, skip = 0 }) {
      const rows = await all(statements.leaseDue, { source, now, until, limit, skip, owner, farthest: until + skewMs })
      return rows.sort((a, b) => a.turn - b.turn).map(toOpenQuestion)
    },
    charge: (call, limits) =>
      transact(async (on) => {
        const { invoice, source, day } = call
        const [, , looks, spent] = await Promise.all([
          on.run(statements.lockLooks, { invoice }),
          limits.budget === null ? null : on.run(statements.lockBudget, { source }),
          on.all(statements.looks, { invoice, day }),
          limits.budget === null ? [] : on.all(statements.spent, { source, day }),
        ])
        if ((looks[0]?.count ?? 0) >= limits.looks) return 'looks-spent'
        if (limits.budget !== null && (spent[0]?.count ?? 0) >= limits.budget) return 'budget-spent'
        await on.run(statements.addCall, { ...call })
        return 'charged'
      }),
    calls: async (day) => (await all(statements.callsOf, { day })) as CallCount[],
    endCall: (call) => patiently(() => endCalls(session, [call])),
    waiting: async (question) => (await waiting([question]))[0] ?? [],
    newest: async (question) => toKnownAnswer((await all(statements.newest, { question }))[0]),
    settle: (question, ending, calls) => patiently(() => transact((on) => settle(on, question, ending, calls))),
    park: (question, parking, calls) =>
      patiently(() =>
        transact(async (on) => {
          await Promise.all([
            endCalls(on, calls),
            on.run(statements.park, { ...parking, question, statements: JSON.stringify(parking.statements) }),
          ])
        }),
      ),
    recover: (sources) =>
      transact(async (on) => {
        const [, open] = await Promise.all([on.run(statements.releaseGone, { owner }), on.all(statements.openSources)])
        const gone = open.filter(({ source }) => source !== null && !sources.includes(source))
        await Promise.all(gone.map(({ source }) => on.run(statements.forgetSource, { source })))
      }),

    line: async (source, now) =>
      (await all(statements.line, { source, now })).map(({ minute, count }) => ({ turn: minute * 60_000, count })),
    tally: async (sender, since) => toTally((await all(statements.tally, { sender, since }))[0]),
    tallyOfAll: async (since) => toTally((await all(statements.tallyOfAll, { since }))[0]),

    async queue() {
      const [[waiting], [fresh]] = await Promise.all([all(statements.queue), all(statements.fresh)])
      const parked = Math.max(0, (waiting?.open ?? 0) - (fresh?.count ?? 0))
      return { parked, oldest: parked === 0 ? null : (waiting?.oldest ?? null) }
    },
    purge: (before, most) =>
      transact(async (on) => {
        const old = { ...before, callsDay: dateAt(before.calls), most }
        const [calls, collected, uncollected] = await Promise.all([
          on.run(statements.purgeCalls, old),
          on.all(statements.purgeCollected, old),
          on.all(statements.purgeUncollected, old),
        ])
        // An answer is without a query only once its last one has gone.
        const gone = [...collected, ...uncollected]
        const ids = [...new Set(gone.map(({ answer }) => answer))]
        return calls + gone.length + (ids.length === 0 ? 0 : await on.run(statements.purgeAnswers, { ...old, ids }))
      }),
    forget: (before) =>
      transact(async (on) => {
        const old = { ...before, triesDay: dateAt(before.tries) }
        const all = [statements.purgeTries, statements.purgeTallies, statements.purgeWords]
        await Promise.all(all.map((one) => on.run(one, old)))
      }),

    async record(key) {
      const [row] = await all(statements.record, { key })
      return row ? toStoredRecord(row) : null
    },
    putRecords: (records) =>
      transact(async (on) => {
        const rows = await on.all(statements.recordsOf, { keys: records.map(({ key }) => key) })
        const known = new Map<string, StoredRecord>(rows.map((row) => [row.key, toStoredRecord(row)]))
        const changed = new Map<string, StoredRecord>()
        const puts = records.map((record): Put => {
          const before = known.get(record.key)
          if (before && sameRecord(before, record)) return 'unchanged'
          known.set(record.key, record)
          changed.set(record.key, record)
          return before ? 'changed' : 'added'
        })
        if (changed.size > 0) await on.run(statements.putRecords, { rows: JSON.stringify([...changed.values()].map(toRecordRow)) })
        return puts
      }),
    records: async (after, limit) => (await all(statements.records, { after, limit })).map(toStoredRecord),

    tell: async (word) => void (await run(statements.tell, { ...word })),
    words: async () => (await all(statements.words)).map(toWord),

    async place(places) {
      const { source, count, apartMs, longestMs } = places
      const [taken] = await all(statements.place, { source, span: count * apartMs, longestMs, farthest: farthestMs(places) })
      return taken ? Math.max(0, taken.wait) : null
    },

    setting: async (name) => (await all(statements.setting, { name }))[0]?.value ?? null,
    async claimSetting(name, value) {
      await run(statements.claimSetting, { name, value })
      return (await all(statements.setting, { name }))[0]?.value ?? value
    },
    async close() {
      await leave()
      await pool.end()
    },
  }
}
