import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject, onTestFinished } from 'vitest'
import { openPostgresStore } from '../../../../src/server/store/postgres/store.ts'

/** Migrated databases that no test uses now. Making one takes half a second, emptying one a hundredth. */
const free: string[] = []

/** The address of a migrated database without a row that this test has to itself. Without a PostgreSQL the test fails and says why. */
export async function testDatabase(): Promise<string> {
  const url = free.pop() ?? (await migratedDatabase())
  onTestFinished(() => void free.push(url))
  await execute(url, 'truncate queries, questions, answers, calls, tries, tallies, records, settings, words, paces')
  return url
}

/** The address of a new database with nothing in it. */
export async function emptyDatabase(): Promise<string> {
  const server = await serverUrl()
  const name = newName()
  await execute(server, `create database ${name}`)
  onTestFinished(async () => void (await execute(server, `drop database ${name} with (force)`)))
  return addressOf(server, name)
}

/** Runs one statement and gives its rows. */
export async function execute<Row extends object>(url: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}

async function serverUrl(): Promise<string> {
  const response = await fetch(inject('postgres'))
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

function addressOf(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

async function migratedDatabase(): Promise<string> {
  const server = await serverUrl()
  const name = newName()
  await execute(server, `create database ${name}`)
  const url = addressOf(server, name)
  await (await openPostgresStore(url)).close()
  // The server of the run is thrown away with everything in it; a server that was given is left as it was.
  if (process.env['PIAOZAI_TEST_DATABASE_URL']) afterAllTests.push(() => execute(server, `drop database ${name} with (force)`))
  return url
}

const afterAllTests: (() => Promise<unknown>)[] = []
afterAll(async () => {
  free.length = 0
  for (const work of afterAllTests.splice(0)) await work()
})

const newName = () => `piaozai_test_${randomBytes(6).toString('hex')}`
