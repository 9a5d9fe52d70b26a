import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { csvOf, idOf, numberOf, queryOf, rowOf } from './kit/fixtures.ts'
import { testDirectory } from './kit/gateway.ts'
import { eventually, gatewayProcess } from './kit/process.ts'

/** A folder with a simulated authority, and the settings of gateways that ask it. */
function rehearsal(invoices: number) {
  const folder = testDirectory()
  const file = join(folder, 'authority.json')
  const ledger = join(folder, 'calls.jsonl')
  const data = join(folder, 'data')
  writeFileSync(join(folder, 'records.csv'), csvOf(Array.from({ length: invoices }, (_, index) => rowOf(index))))
  return {
    set: (settings: object) => writeFileSync(file, JSON.stringify({ mode: 'up', delayMs: 0, registry: 'records.csv', ...settings })),
    calls: () =>
      existsSync(ledger)
        ? readFileSync(ledger, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as { mode: string; number: string })
        : [],
    count(sql: string) {
      const db = new Database(join(data, 'piaozai.sqlite'), { readonly: true })
      const value = db.prepare(sql).pluck().get()
      db.close()
      return value
    },
    env: {
      PIAOZAI_DATA: data,
      PIAOZAI_SOURCES: 'registry,simulated',
      PIAOZAI_SIMULATED_AUTHORITY: file,
      PIAOZAI_PROBE_SECONDS: '0.2',
    },
  }
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

describe('kill -9 of the gateway', { timeout: 120_000 }, () => {
  it('loses no parked query: after a new start and the return of the authority each is asked once and answered', async () => {
    const { set, calls, env, count } = rehearsal(40)
    set({ mode: 'down' })
    const first = await gatewayProcess(env)
    const results = await first.post(range(0, 40).map((one) => queryOf(one)))
    expect(new Set(results.map((one) => one.state === 'parked' && one.reason))).toEqual(new Set(['source-down']))
    await first.kill()

    const second = await gatewayProcess(env)
    await second.kill()
    set({ mode: 'up' })
    const third = await gatewayProcess(env)
    const ids = range(0, 40).map(idOf)
    await eventually(async () => (await third.summaries(ids)).every((one) => one.state === 'answered'))
    const asked = calls().filter((call) => call.mode === 'up')
    expect(asked.map((call) => call.number).sort()).toEqual(range(0, 40).map(numberOf).sort())
    const again = await third.post(range(0, 40).map((one) => queryOf(one)))
    expect(again.every((one) => one.state === 'answered' && one.answer.verdict === 'confirmed')).toBe(true)
    expect(await third.stop()).toBe(0)
    expect(count('select count(*) from answers')).toBe(40)
  })

  it('at any moment of asking and draining leaves one stored answer per acknowledged query, and no more calls than questions and kills explain', async () => {
    const total = 120
    const { set, calls, env, count } = rehearsal(total)
    set({ mode: 'up', delayMs: 15 })
    const acknowledged = new Set<string>()
    let inFlight = 0
    let next = 0
    for (let round = 0; round < 8; round++) {
      const gateway = await gatewayProcess(env)
      const posts = range(0, 5).map(async () => {
        const queries = range(next, 3).map((one) => queryOf(one % total))
        next += 3
        const results = await gateway.post(queries).catch(() => [])
        for (const { id } of results) acknowledged.add(id)
      })
      await new Promise((resolve) => setTimeout(resolve, 10 + round * 9))
      await gateway.kill()
      await Promise.allSettled(posts)
      inFlight += Number(count('select count(*) from calls where outcome is null'))
    }
    const last = await gatewayProcess(env)
    await eventually(() => count('select count(*) from questions') === 0)
    expect((await Promise.all([...acknowledged].map((id) => last.summaries([id])))).flat().every((one) => one.state === 'answered')).toBe(
      true,
    )
    expect(count('select count(*) from queries where answer is null')).toBe(0)
    expect(count('select count(*) from answers')).toBe(count('select count(distinct question) from queries'))
    const questions = new Set(calls().map((call) => call.number)).size
    expect(calls().length).toBeLessThanOrEqual(questions + inFlight)
    await last.stop()
  })

  it('a graceful stop answers what is under way', async () => {
    const { set, env } = rehearsal(3)
    set({ mode: 'up', delayMs: 700 })
    const gateway = await gatewayProcess(env)
    const posted = gateway.post([queryOf(1)])
    await new Promise((resolve) => setTimeout(resolve, 300))
    const stopped = gateway.stop()
    expect(await posted).toMatchObject([{ state: 'answered', answer: { verdict: 'confirmed' } }])
    expect(await stopped).toBe(0)
  })

  it('an authority that does not answer is waited for less than five seconds', async () => {
    const { set, env } = rehearsal(1)
    set({ mode: 'slow' })
    const gateway = await gatewayProcess(env)
    const begun = Date.now()
    expect(await gateway.post([queryOf(1), queryOf(2)])).toMatchObject([{ state: 'parked' }, { state: 'parked' }])
    expect(Date.now() - begun).toBeLessThan(5000)
  })
})
