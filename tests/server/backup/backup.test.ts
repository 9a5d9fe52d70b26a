import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backup, restore } from '../../../src/server/backup/backup.ts'
import { openToRead, openToReplace, type Where } from '../../../src/server/backup/database.ts'
import { tableKeys, tableNames, type Row, type TableName } from '../../../src/server/backup/tables.ts'
import { keysFrom } from '../../../src/server/keys.ts'
import type { Tables } from '../../../src/server/store/schema.ts'
import { csvOf, idOf, queryOf, rowOf } from '../kit/fixtures.ts'
import { testDirectory, testGateway } from '../kit/gateway.ts'
import { execute, testDatabase } from '../kit/postgres/database.ts'
import { always, down, testSource } from '../kit/source.ts'

const now = Date.parse('2026-11-24T02:00:00Z')
const secret = Buffer.alloc(32, 5)
const mark = { name: 'keys', value: keysFrom(secret).hash('question', 'which keys are these') }
const sqliteIn = (data: string, own: Buffer | null = secret): Where => ({ data, databaseUrl: null, secret: own })
const postgresAt = (databaseUrl: string, own: Buffer | null = secret): Where => ({ data: testDirectory(), databaseUrl, secret: own })

// PostgreSQL keeps no NUL in a text, and none of ours has one.
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.replaceAll('\0', ''))
const long = fc.maxSafeInteger()
const int = fc.nat({ max: 2 ** 31 - 1 })
const bytes = fc.uint8Array({ maxLength: 40 }).map((one) => Buffer.from(one))
const or = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
type RowsOf = { readonly [Name in TableName]: fc.Arbitrary<Tables[Name]> }
const rowArbitraries: RowsOf = {
  settings: fc.record({ name: text, value: text }),
  records: fc.record({
    ...{ key: text, kind: text, code: or(text), number: text, issued_on: text, amount_ex_tax: or(long), tax: or(long), amount: or(long) },
    ...{ check_code: or(text), seller_name: or(text), seller_tax_id: or(text), buyer_name: or(text), buyer_tax_id: or(text) },
    ...{ lines: or(text), state: text, updated_at: long },
  }),
  queries: fc.record({
    ...{ id: text, question: text, ticket: text, received_at: long, answer: or(text), answered_at: or(long), collected_at: or(long) },
    ...{ sender: or(bytes), turn: long, wary: int },
  }),
  questions: fc.record({
    ...{ question: text, invoice: text, elements: bytes, created_at: long, reason: or(text), source: or(text), not_before: long },
    ...{ lease_until: long, owner: or(int), statements: text, turn: long },
  }) as unknown as RowsOf['questions'],
  answers: fc.record({ id: text, question: text, verdict: text, sealed: bytes, as_of: long, answered_at: long }),
  calls: fc.record({ id: text, source: text, invoice: text, day: text, at: long, outcome: or(text) }),
  tries: fc.record({ sender: text, invoice: text, question: text, at: long }),
  tallies: fc.record({ sender: text, day: text, matched: int, wrong: int }),
}
const data = fc.record(
  Object.fromEntries(
    tableNames.map((name) => {
      const selector = (row: object) => JSON.stringify(tableKeys[name].map((key) => (row as Row)[key]))
      return [name, fc.uniqueArray(rowArbitraries[name] as fc.Arbitrary<object>, { selector, maxLength: 4 })]
    }),
  ),
)

async function fill(where: Where, rows: Readonly<Record<string, readonly object[]>>): Promise<void> {
  const database = await openToReplace(where)
  async function* all() {
    for (const table of tableNames) for (const row of rows[table] ?? []) yield await Promise.resolve({ table, row: row as Row })
  }
  await database.replace(all())
  await database.close()
}

/** Everything a gateway keeps, in an order that is the same on every engine. */
async function contents(where: Where): Promise<string[]> {
  const database = await openToRead(where)
  const rows: string[] = []
  for await (const { table, row } of database.rows()) {
    const sorted = Object.keys(row).sort()
    rows.push(JSON.stringify([table, sorted.map((key) => [key, row[key] instanceof Uint8Array ? Buffer.from(row[key]) : row[key]])]))
  }
  await database.close()
  return rows.sort()
}

describe('a backup', { timeout: 90_000 }, () => {
  it('moves every row of every table from SQLite to PostgreSQL and back, unchanged', async () => {
    const url = await testDatabase()
    const file = join(testDirectory(), 'backup')
    await fc.assert(
      fc.asyncProperty(data, async (some) => {
        const rows = { ...some, settings: [...(some['settings'] ?? []).filter((one) => (one as Row)['name'] !== 'keys'), mark] }
        const [from, through, to] = [sqliteIn(testDirectory()), postgresAt(url), sqliteIn(testDirectory())]
        await fill(from, rows)
        const before = await contents(from)
        expect(before).toHaveLength(Object.values(rows).flat().length)
        await backup(from, file, { withKeys: false, now })
        expect(await restore(through, file, { replace: true })).toBe(before.length)
        expect(await contents(through)).toEqual(before)
        await backup(through, file, { withKeys: false, now })
        await restore(to, file, { replace: false })
        expect(await contents(to)).toEqual(before)
      }),
      { numRuns: process.env['PIAOZAI_TEST_LONG'] ? 200 : 3 },
    )
  })

  it('holds every table there is but what gateways tell each other while they run', async () => {
    const rows = await execute<{ name: string }>(
      await testDatabase(),
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely%'`,
    )
    expect(rows.map(({ name }) => name).sort()).toEqual([...tableNames, 'words', 'paces'].sort())
  })

  it('of a gateway that runs lets another one on the other engine go on: what is parked is answered there, once', async () => {
    const authority = testSource(down)
    const here = testDirectory()
    const env = { PIAOZAI_KEYS: secret.toString('base64url') }
    const first = await testGateway({ data: here, env, sources: [authority] })
    await first.importCsv(csvOf([rowOf(7)]))
    await first.post(queryOf(1), queryOf(7))
    const file = join(testDirectory(), 'backup')
    await backup(sqliteIn(here), file, { withKeys: false, now })
    await first.gateway.stop()
    const url = await testDatabase()
    await restore(postgresAt(url), file, { replace: false })

    authority.says = always('ok')
    authority.asked.length = 0
    const second = await testGateway({ env: { ...env, PIAOZAI_DATABASE_URL: url }, sources: [authority], seed: 2 })
    while ((await second.summary(idOf(1))).state !== 'answered') await second.clock.pass(5000)
    expect(authority.asked).toHaveLength(1)
    expect(await second.postOne(queryOf(7))).toMatchObject({ answer: { verdict: 'confirmed', sources: [{ id: 'registry' }] } })
  })

  it('is refused when a byte is another one, when it is cut, and when it is none; then nothing has changed', async () => {
    const from = sqliteIn(testDirectory())
    await fill(from, { settings: [mark, { name: 'a', value: 'b' }] })
    const file = join(testDirectory(), 'backup')
    await backup(from, file, { withKeys: false, now })
    const whole = readFileSync(file)
    const lines = gunzipSync(whole).toString()
    const target = sqliteIn(testDirectory())
    await fill(target, { settings: [mark, { name: 'mine', value: '1' }] })
    const damages: [string, () => void][] = [
      ['cut', () => truncateSync(file, whole.length - 9)],
      ['another value', () => writeFileSync(file, gzipSync(lines.replace('"b"', '"c"')))],
      ['a row less', () => writeFileSync(file, gzipSync(lines.split('\n').toSpliced(1, 1).join('\n')))],
      ['a flipped byte', () => writeFileSync(file, Buffer.concat([whole.subarray(0, 40), Buffer.of(whole[40]! ^ 1), whole.subarray(41)]))],
      ['something else', () => writeFileSync(file, 'hello')],
      ['empty', () => writeFileSync(file, '')],
    ]
    for (const [what, damage] of damages) {
      damage()
      await expect(restore(target, file, { replace: true }), what).rejects.toThrow(/damaged|no backup/)
    }
    expect(await contents(target)).toHaveLength(2)
    expect(await contents(target)).toContainEqual(expect.stringContaining('mine'))
  })

  it('does not go onto data that are there, unless it is told to, nor under a gateway that runs', async () => {
    const from = sqliteIn(testDirectory())
    await fill(from, { settings: [mark] })
    const file = join(testDirectory(), 'backup')
    await backup(from, file, { withKeys: false, now })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    await expect(restore(from, file, { replace: false })).rejects.toThrow(/--replace/)
    await restore(from, file, { replace: true })
    const env = { PIAOZAI_KEYS: secret.toString('base64url') }
    const busy = testDirectory()
    await testGateway({ data: busy, env })
    await expect(restore(sqliteIn(busy), file, { replace: true })).rejects.toThrow(/Another gateway/)
    const url = await testDatabase()
    await testGateway({ env: { ...env, PIAOZAI_DATABASE_URL: url }, seed: 3 })
    await expect(restore(postgresAt(url), file, { replace: true })).rejects.toThrow(/A gateway runs/)
  })

  it('needs the keys it was written under, and says so; with --with-keys it brings them', async () => {
    const from = sqliteIn(testDirectory())
    await fill(from, { settings: [mark] })
    const file = join(testDirectory(), 'backup')
    await backup(from, file, { withKeys: false, now })
    expect(gunzipSync(readFileSync(file)).toString()).not.toContain(secret.toString('base64url'))
    await expect(restore(sqliteIn(testDirectory(), null), file, { replace: false })).rejects.toThrow(/keys.*PIAOZAI_KEYS/)
    await expect(restore(sqliteIn(testDirectory(), Buffer.alloc(32, 6)), file, { replace: false })).rejects.toThrow(/other keys/)
    await backup(from, file, { withKeys: true, now })
    const to = testDirectory()
    await restore(sqliteIn(to, null), file, { replace: false })
    expect(readFileSync(join(to, 'keys'), 'utf8').trim()).toBe(secret.toString('base64url'))
    expect(existsSync(`${file}.part`)).toBe(false)
    await testGateway({ data: to })
  })
})
