import Database from 'better-sqlite3'
import { Kysely, SqliteAdapter, SqliteDialect, SqliteQueryCompiler } from 'kysely'
import { addDays, dateAt } from '../../domain/index.ts'
import { createGroup } from './group.ts'
import { migrate } from './migrate.ts'
import { sameRecord, toKnownAnswer, toOpenQuestion, toStoredQuery, toStoredRecord, toTally, toWaitingQuery, toWord } from './rows.ts'
import { bind, type Statement } from './statement.ts'
import { skewMs, statementsFor } from './statements/index.ts'
import type { CallCount, EndedCall } from './call.ts'
import type { NewRecord, Put } from './record.ts'
import { farthestMs } from './shared.ts'
import type { Admission, Arrival, Ending, Settled, Store, StoredQuery } from './store.ts'
import { createWriter } from './writer.ts'

/** What is kept of the file in memory at most. */
const cacheKiB = 128 * 1024
/** Pages of 4 KiB that the log holds before it is written into the file. */
const logPages = 8192

/** A query of which nothing else is stored. */
const nothingMore = { verdict: null, sealed: null, reason: null, source: null, not_before: null }

/** A database file with the guarantees of the store; tests look at them. */
export function openDatabase(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('busy_timeout = 5000')
  // Keys are hashes, so whatever is looked up next lies anywhere in the file: of half a million parked questions the usual 16 MB hold little.
  db.pragma(`cache_size = -${cacheKiB}`)
  // And each question touches a dozen pages: what is written into the file every 32 MB is written there once, and not once a hundred questions.
  db.pragma(`wal_autocheckpoint = ${logPages}`)
  return db
}

/**
 * The store in one SQLite file (`:memory:` for tests). Write-ahead log with `synchronous=FULL`: a commit is on the disk when it returns.
 * One gateway process at a time; `registry import` may write beside it.
 */
export async function openSqliteStore(file: string): Promise<Store> {
  const db = openDatabase(file)
  await migrate(new Kysely<unknown>({ dialect: new SqliteDialect({ database: db }) }), 'blob')
  return sqliteStore(db)
}

function sqliteStore(db: Database.Database): Store {
  const statements = statementsFor(new SqliteAdapter(), new SqliteQueryCompiler())
  const prepared = new Map<Statement<unknown>, Database.Statement>()
  const { write, flush } = createWriter(db)

  function prepare(of: Statement<unknown>): Database.Statement {
    const known = prepared.get(of)
    if (known) return known
    const made = db.prepare(of.sql)
    prepared.set(of, made)
    return made
  }
  type Values = Readonly<Record<string, unknown>>
  const one = <Row>(of: Statement<Row>, values: Values = {}) => prepare(of).get(...bind(of, values)) as Row | undefined
  const all = <Row>(of: Statement<Row>, values: Values = {}) => prepare(of).all(...bind(of, values)) as Row[]
  const run = (of: Statement<unknown>, values: Values = {}) => prepare(of).run(...bind(of, values)).changes

  /** Look-ups by key: the join that says the same takes this engine several times as long. One look at the file for all: it costs more than they do. */
  const findAll = db.transaction((ids: readonly string[]) =>
    ids.map((id): StoredQuery | null => {
      const row = one(statements.query, { id })
      if (!row) return null
      const { question, answer } = row
      const ended = answer === null ? undefined : one(statements.answer, { id: answer })
      const more = row.answered_at === null ? one(statements.wait, { question }) : ended
      return toStoredQuery({ ...nothingMore, ...row, ...more })
    }),
  )

  const find = createGroup(
    (ids: readonly string[]) => Promise.resolve(findAll(ids)),
    () => false,
  )

  function admitAll(arrivals: readonly Arrival[]): Admission[] {
    // Of all senders of a batch it is looked up once whether they have tried wrong elements.
    const suspects = new Map<string, boolean>()
    const isSuspect = (sender: string, at: number): boolean => {
      const known = suspects.get(sender) ?? toTally(one(statements.tally, { sender, since: addDays(dateAt(at), -1) })).wrong > 0
      suspects.set(sender, known)
      return known
    }
    return arrivals.map((arrival) => admitOne(arrival, isSuspect))
  }

  function admitOne(arrival: Arrival, isSuspect: (sender: string, at: number) => boolean): Admission {
    const known = one(statements.query, { id: arrival.id })
    if (known) {
      if (known.question !== arrival.question) return 'reused-id'
      if (known.answered_at === null) return 'joined'
      if (known.answer !== null) return 'answered'
      run(statements.removeRefused, { id: known.id })
    }
    const answer = one(statements.reusable, { question: arrival.question, since: arrival.reuseSince })
    const { id, question, ticket, receivedAt, sender, turn } = arrival
    const wary = isWary(arrival, isSuspect) ? 1 : 0
    const base = { id, question, ticket, receivedAt, turn, wary }
    if (answer) {
      run(statements.addQuery, { ...base, answer: answer.id, answeredAt: receivedAt, sender: null })
      return 'answered'
    }
    run(statements.addQuery, { ...base, answer: null, answeredAt: null, sender })
    const { invoice, elements, leaseUntil } = arrival
    const opened = run(statements.openQuestion, { question, invoice, elements, receivedAt, leaseUntil, turn })
    if (opened > 0) return wary === 1 ? 'wary' : 'open'
    run(statements.advanceQuestion, { question, turn })
    if (wary === 0) run(statements.retryQuestion, { question })
    return 'joined'
  }

  /** Notes the try. @returns whether the sender has tried wrong elements, or other elements of this invoice, which makes one of them wrong. */
  function isWary({ question, invoice, receivedAt: at, by }: Arrival, isSuspect: (sender: string, at: number) => boolean): boolean {
    const isWaryOf = (sender: string) => {
      const isFirst = run(statements.addTry, { sender, invoice, question, at }) > 0
      return (!isFirst && one(statements.firstTry, { sender, invoice })?.question !== question) || isSuspect(sender, at)
    }
    // Both tries are noted, whatever the first one says.
    return [by.device, by.network].map(isWaryOf).includes(true)
  }

  function endCalls(calls: readonly EndedCall[]): void {
    for (const call of calls) run(statements.endCall, { ...call })
  }

  function settle(question: string, { at, answered, answer, refused, tallies }: Ending, calls: readonly EndedCall[]): Settled {
    endCalls(calls)
    const kept = typeof answer === 'string' ? answer : (answer?.id ?? null)
    let ended = 0
    for (const id of answered) ended += run(statements.endQuery, { id, answer: kept, at })
    if (ended > 0 && answer !== null && typeof answer !== 'string') run(statements.addAnswer, { ...answer, question })
    if (ended > 0) for (const [sender, tally] of tallies) run(statements.addTally, { sender, day: dateAt(at), ...tally })
    for (const id of refused) ended += run(statements.endQuery, { id, answer: null, at })
    const turn = one(statements.firstTurn, { question })?.turn ?? null
    if (turn === null) run(statements.closeQuestion, { question })
    else run(statements.moveQuestion, { question, turn })
    return { ended, more: turn !== null }
  }

  function put(record: NewRecord): Put {
    const row = one(statements.record, { key: record.key })
    const known = row && toStoredRecord(row)
    if (known && sameRecord(known, record)) return 'unchanged'
    run(statements.putRecord, { ...record })
    return known ? 'changed' : 'added'
  }

  return {
    isShared: false,
    admit: (arrivals) => write(() => admitAll(arrivals)),
    find,
    markCollected: (ids, at) => write(() => ids.forEach((id) => run(statements.collect, { id, at }))),

    lease: ({ source, until, skip = 0, ...due }) =>
      write(() => {
        const values = { ...due, source, farthest: until + skewMs, skip }
        const rows = source === null ? all(statements.dueForAny, values) : all(statements.dueForSource, values)
        for (const { question } of rows) run(statements.lease, { question, until })
        return rows.map(toOpenQuestion)
      }),
    charge: (call, limits) =>
      write(() => {
        const { invoice, source, day } = call
        const looks = one(statements.looks, { invoice, day })?.count ?? 0
        if (looks >= limits.looks) return 'looks-spent'
        if (limits.budget !== null && (one(statements.spent, { source, day })?.count ?? 0) >= limits.budget) return 'budget-spent'
        run(statements.addCall, { ...call })
        return 'charged'
      }),
    calls: (day) => Promise.resolve(all(statements.callsOf, { day }) as CallCount[]),
    endCall: (call) => write(() => endCalls([call])),
    waiting: (question) => Promise.resolve(all(statements.askers, { question }).map(toWaitingQuery)),
    newest: (question) => Promise.resolve(toKnownAnswer(one(statements.newest, { question }))),
    settle: (question, ending, calls) => write(() => settle(question, ending, calls)),
    park: (question, parking, calls) =>
      write(() => {
        endCalls(calls)
        run(statements.park, { ...parking, question, statements: JSON.stringify(parking.statements) })
      }),
    recover: (sources) =>
      write(() => {
        run(statements.releaseAll)
        for (const { source } of all(statements.openSources)) {
          if (source !== null && !sources.includes(source)) run(statements.forgetSource, { source })
        }
      }),

    line(source, now) {
      return Promise.resolve(all(statements.line, { source, now }).map(({ minute, count }) => ({ turn: minute * 60_000, count })))
    },
    tally: (sender, since) => Promise.resolve(toTally(one(statements.tally, { sender, since }))),
    tallyOfAll: (since) => Promise.resolve(toTally(one(statements.tallyOfAll, { since }))),

    queue() {
      const { open = 0, oldest = null } = one(statements.queue) ?? {}
      const parked = open - (one(statements.fresh)?.count ?? 0)
      return Promise.resolve({ parked, oldest: parked === 0 ? null : oldest })
    },
    purge: (before, most) =>
      write(() => {
        const old = { ...before, callsDay: dateAt(before.calls), most }
        const gone = [...all(statements.purgeCollected, old), ...all(statements.purgeUncollected, old)]
        let count = gone.length + run(statements.purgeCalls, old)
        // An answer is without a query only once its last one has gone.
        for (const id of new Set(gone.map(({ answer }) => answer))) count += run(statements.purgeAnswer, { ...old, id })
        return count
      }),
    forget: (before) =>
      write(() => {
        const old = { ...before, triesDay: dateAt(before.tries) }
        for (const one of [statements.purgeTries, statements.purgeTallies, statements.purgeWords]) run(one, old)
      }),

    record(key) {
      const row = one(statements.record, { key })
      return Promise.resolve(row ? toStoredRecord(row) : null)
    },
    putRecords: (records) => write(() => records.map(put)),
    records: (after, limit) => Promise.resolve(all(statements.records, { after, limit }).map(toStoredRecord)),

    tell: (word) => write(() => void run(statements.tell, { ...word })),
    words: () => Promise.resolve(all(statements.words).map(toWord)),

    place: (places) =>
      write(() => {
        const { source, count, apartMs, longestMs, now } = places
        const next = one(statements.nextPlace, { source })?.next_at ?? now
        const at = next < now || next > now + farthestMs(places) ? now : next
        if (at > now + longestMs) return null
        run(statements.putPlace, { source, next: at + count * apartMs })
        return at - now
      }),

    setting: (name) => Promise.resolve(one(statements.setting, { name })?.value ?? null),
    claimSetting: (name, value) =>
      write(() => {
        run(statements.claimSetting, { name, value })
        return one(statements.setting, { name })?.value ?? value
      }),
    close() {
      flush()
      db.close()
      return Promise.resolve()
    },
  }
}
