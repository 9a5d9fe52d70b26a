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
    const perRound = 20
    const rounds = 6
    const { set, calls, env, count } = rehearsal(perRound * rounds)
    set({ mode: 'up', delayMs: 15 })
    const acknowledged = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const gateway = await gatewayProcess(env)
      const before = calls().length
      const posts = range(round * perRound, perRound).map(async (one) => {
        const results = await gateway.post([queryOf(one)]).catch(() => [])
        for (const { id } of results) acknowledged.add(id)
      })
      // Ten are asked at a time, so this is in the first wave, between the waves, or in the second; or when some have been told.
      const told = acknowledged.size
      await eventually(() => (round % 2 === 0 ? calls().length - before >= 2 + 3 * round : acknowledged.size - told >= round))
      await gateway.kill()
      await Promise.allSettled(posts)
    }
    const cutOff = Number(count('select count(*) from calls where outcome is null'))
    const last = await gatewayProcess(env)
    await eventually(() => count('select count(*) from questions') === 0)
    const states = await Promise.all([...acknowledged].map(async (id) => (await last.summaries([id]))[0]?.state))
    await last.stop()

    expect(states.length).toBeGreaterThan(0)
    expect(new Set(states)).toEqual(new Set(['answered']))
    expect(count('select count(*) from queries where answer is null')).toBe(0)
    expect(count('select count(*) from answers')).toBe(count('select count(distinct question) from queries'))
    expect(cutOff).toBeGreaterThan(0)
    const asked = calls().map((call) => call.number)
    expect(asked.length).toBeLessThanOrEqual(new Set(asked).size + cutOff)
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
