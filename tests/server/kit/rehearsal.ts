import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { keysFrom } from '../../../src/server/keys.ts'
import { judge } from '../../../src/server/query/judge.ts'
import { csvOf, queryOf, rowOf } from './fixtures.ts'
import { testDirectory } from './gateway.ts'
import { execute, testDatabase } from './postgres/database.ts'

/** Gateway processes before a simulated authority whose every question is on record. */
export interface Rehearsal {
  /** Settings of the gateway of that number; on SQLite there is only one. */
  env(gateway?: number): Readonly<Record<string, string>>
  /** Changes what the authority does. */
  set(settings: object): void
  /** The questions it was sent, in order. */
  calls(): { readonly mode: string; readonly number: string }[]
  /** Rows of the gateways' database, read beside them. */
  rows<Row extends object>(sql: string): Promise<Row[]>
  count(sql: string): Promise<number>
}

const secret = Buffer.alloc(32, 7)
const keys = keysFrom(secret)

/** The hash under which a call about {@link queryOf} is charged. */
export function invoiceHashOf(count: number): string {
  const judged = judge(queryOf(count))
  if (judged.is !== 'asked') throw new Error('the fixture is wrong')
  return keys.hash('invoice', judged.invoice)
}

/** Gateways on one SQLite file. @param invoices how many the authority knows: those of `queryOf(0)` and on. */
export function sqliteRehearsal(invoices: number): Rehearsal {
  const folder = testDirectory()
  const data = join(folder, 'data')
  async function rows<Row extends object>(sql: string): Promise<Row[]> {
    const db = new Database(join(data, 'piaozai.sqlite'), { readonly: true })
    try {
      return db.prepare(sql).all() as Row[]
    } finally {
      db.close()
    }
  }
  return rehearsal(folder, invoices, () => ({ PIAOZAI_DATA: data }), rows)
}

/** Gateways on one PostgreSQL database. */
export async function postgresRehearsal(invoices: number): Promise<Rehearsal> {
  const folder = testDirectory()
  const url = await testDatabase()
  const env = (gateway: number) => ({ PIAOZAI_DATA: join(folder, `data${gateway}`), PIAOZAI_DATABASE_URL: url })
  return rehearsal(folder, invoices, env, (sql) => execute(url, sql))
}

function rehearsal(
  folder: string,
  invoices: number,
  own: (gateway: number) => Readonly<Record<string, string>>,
  rows: Rehearsal['rows'],
): Rehearsal {
  const file = join(folder, 'authority.json')
  const ledger = join(folder, 'calls.jsonl')
  writeFileSync(join(folder, 'records.csv'), csvOf(Array.from({ length: invoices }, (_, index) => rowOf(index))))
  return {
    env: (gateway = 0) => ({
      ...own(gateway),
      PIAOZAI_KEYS: secret.toString('base64url'),
      PIAOZAI_SOURCES: 'registry,simulated',
      PIAOZAI_SIMULATED_AUTHORITY: file,
      PIAOZAI_PROBE_SECONDS: '0.2',
    }),
    set(settings) {
      // Whoever reads it meanwhile reads the old one or the new one.
      writeFileSync(`${file}.new`, JSON.stringify({ mode: 'up', delayMs: 0, registry: 'records.csv', ...settings }))
      renameSync(`${file}.new`, file)
    },
    calls: () =>
      existsSync(ledger)
        ? readFileSync(ledger, 'utf8')
            .split('\n')
            .slice(0, -1) // what follows the last line's end is being written
            .map((line) => JSON.parse(line) as { mode: string; number: string })
        : [],
    rows,
    count: async (sql) => Number(Object.values((await rows<Record<string, number>>(sql))[0] ?? {})[0]),
  }
}
