/**
 * The baseline of `bench lookup`: the same rows by the same prepared statement, told as the same JSON, behind node:http and nothing else.
 * `node bare.ts FILE` for SQLite, `node bare.ts postgresql://…` for PostgreSQL.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import { SqliteAdapter, SqliteQueryCompiler } from 'kysely'
import { toWireTime } from '../../../src/api/index.ts'
import { bind } from '../../../src/server/store/statement.ts'
import { statementsFor } from '../../../src/server/store/statements/index.ts'
import { createPool } from '../../../src/server/store/postgres/pool.ts'
import { postgresStatements } from '../../../src/server/store/postgres/statements.ts'
import type { JoinedQuery } from '../../../src/server/store/rows.ts'

const [where = ''] = process.argv.slice(2)

type Row = Pick<JoinedQuery, 'id' | 'received_at' | 'answered_at' | 'verdict'>
type Find = (id: string) => Promise<Row | undefined>

function sqliteFind(): Find {
  const { query, answer } = statementsFor(new SqliteAdapter(), new SqliteQueryCompiler())
  const db = new Database(where, { readonly: true })
  const ofQuery = db.prepare(query.sql)
  const ofAnswer = db.prepare(answer.sql)
  return (id) => {
    const row = ofQuery.get(...bind(query, { id })) as (Row & { answer: string }) | undefined
    return Promise.resolve(row && Object.assign(row, ofAnswer.get(...bind(answer, { id: row.answer }))))
  }
}

function postgresFind(): Find {
  const { queries } = postgresStatements()
  const pool = createPool(where)
  return async (id) => (await pool.query<JoinedQuery>({ name: 'find', text: queries.sql, values: bind(queries, { ids: [id] }) })).rows[0]
}

const find = where.startsWith('postgresql:') ? postgresFind() : sqliteFind()
const server = createServer((request, response) => {
  void find((request.url ?? '').slice('/api/v1/queries/'.length)).then((row) => {
    if (!row?.answered_at) return response.writeHead(404).end()
    const { id, verdict } = row
    const summary = { id, state: 'answered', verdict, receivedAt: toWireTime(row.received_at), answeredAt: toWireTime(row.answered_at) }
    const body = JSON.stringify(summary)
    return response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }).end(body)
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
