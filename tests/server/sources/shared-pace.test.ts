import { describe, expect, it, onTestFinished } from 'vitest'
import { createGateway, readConfig, silentLog } from '../../../src/server/index.ts'
import { createSharedPacer } from '../../../src/server/sources/pacer.ts'
import type { Source } from '../../../src/server/sources/source.ts'
import { systemClock, systemRandom } from '../../../src/server/real.ts'
import { openSqliteStore } from '../../../src/server/store/sqlite.ts'
import type { Places } from '../../../src/server/store/shared.ts'
import { StoreAway, type Store } from '../../../src/server/store/store.ts'
import { ask } from '../kit/ask.ts'
import { testClock } from '../kit/clock.ts'
import { queryOf } from '../kit/fixtures.ts'
import { testDirectory, testGateway } from '../kit/gateway.ts'
import { testDatabase } from '../kit/postgres/database.ts'
import { eventually } from '../kit/process.ts'
import { always, down, testSource, type TestSource } from '../kit/source.ts'

const paced = (perSecond: number, says: TestSource['says']): TestSource & Source =>
  Object.assign(testSource(says), { pace: { perSecond, width: perSecond } })

describe('two gateways on one database', () => {
  it('ask a source no faster than it grants, and together as fast, after an outage', async () => {
    const clock = testClock()
    const store = await openSqliteStore(':memory:')
    onTestFinished(() => store.close())
    const data = testDirectory()
    const sources = [paced(10, down), paced(10, down)]
    const gateways = await Promise.all(
      sources.map((source, seed) => testGateway({ sources: [source], clock, store, data, seed: seed + 1 })),
    )
    for (const [index, gateway] of gateways.entries()) {
      const posted = gateway.post(...Array.from({ length: 30 }, (_, count) => queryOf(100 * index + count)))
      await clock.pass(5000)
      await posted
    }
    const calls: { at: number; by: number }[] = []
    sources.forEach((source, by) => {
      source.says = () => (calls.push({ at: clock.now(), by }), Promise.resolve({ outcome: 'ok', asOf: null }))
    })
    const begun = clock.now()
    await clock.pass(15_000)
    expect(calls).toHaveLength(60)
    for (const { at } of calls) expect(calls.filter((one) => one.at >= at && one.at < at + 1000).length).toBeLessThanOrEqual(11)
    // Six seconds, and what it takes to find that it works.
    expect(Math.max(...calls.map(({ at }) => at)) - begun).toBeLessThan(12_500)
    for (const by of [0, 1]) expect(calls.filter((one) => one.by === by).length).toBeGreaterThan(10)
  })

  it('that is PostgreSQL keep to its clock', { timeout: 60_000 }, async () => {
    const database = await testDatabase()
    const source = paced(30, always('ok'))
    const gateways = await Promise.all(
      [1, 2].map(() =>
        createGateway({
          config: readConfig({
            PIAOZAI_DATA: testDirectory(),
            PIAOZAI_DATABASE_URL: database,
            PIAOZAI_KEYS: 'A'.repeat(43),
            PIAOZAI_PROBE_SECONDS: '1',
          }),
          clock: systemClock,
          random: systemRandom,
          log: silentLog(),
          egress: () => () => Promise.reject(new Error('there is no network')),
          moreSources: [source],
        }),
      ),
    )
    onTestFinished(async () => void (await Promise.all(gateways.map((one) => one.stop()))))
    const begun = Date.now()
    const posts = gateways.map((gateway, index) => {
      const queries = Array.from({ length: 15 }, (_, count) => queryOf(100 * index + count))
      const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ queries }) }
      return ask(gateway.app, 'http://localhost/api/v1/queries', init, `198.51.${index}.1`)
    })
    await Promise.all(posts)
    await eventually(() => source.asked.length === 30)
    expect(Date.now() - begun).toBeGreaterThanOrEqual((29 / 30) * 1000 - 5)
  })
})

describe('places that gateways share', () => {
  const kept = (place: (places: Places) => Promise<number | null>) => ({ place }) as unknown as Store

  it('are taken a few at a time, as many as are wanted', async () => {
    const counts: number[] = []
    const store = kept(({ count }) => Promise.resolve((counts.push(count), 0)))
    const pacer = createSharedPacer('simulated', 20, store, testClock())
    const waits = await Promise.all(Array.from({ length: 12 }, () => pacer.take(1000)))
    expect(Math.max(...counts)).toBe(5)
    expect(counts.length).toBeLessThanOrEqual(4)
    expect(waits).toHaveLength(12)
    expect(waits).toContain(200)
  })

  it('are each gateway’s own while the store is away', async () => {
    const pacer = createSharedPacer(
      'simulated',
      10,
      kept(() => Promise.reject(new StoreAway('away'))),
      testClock(),
    )
    expect(await Promise.all(Array.from({ length: 12 }, () => pacer.take(1000)))).toEqual([
      ...Array.from({ length: 11 }, (_, index) => index * 100),
      null,
    ])
  })
})
