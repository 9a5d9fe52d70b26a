import { describe, expect, it, onTestFinished } from 'vitest'
import { problem, serviceStatus } from '../../../src/api/index.ts'
import { createGateway, readConfig, silentLog } from '../../../src/server/index.ts'
import { systemClock, systemRandom } from '../../../src/server/real.ts'
import { ask } from '../kit/ask.ts'
import { idOf, queryOf } from '../kit/fixtures.ts'
import { testDirectory } from '../kit/gateway.ts'
import { startOwnPostgres } from '../kit/postgres/server.ts'
import { eventually } from '../kit/process.ts'
import { testSource } from '../kit/source.ts'

describe('a PostgreSQL that goes away', { timeout: 90_000 }, () => {
  it('costs no answer: 503 with a time while it is away, then everything goes on, and nobody is asked twice', async () => {
    const server = await startOwnPostgres(process.env)
    onTestFinished(() => server.stop())
    let answer: () => void = () => undefined
    const answered = new Promise<void>((resolve) => (answer = resolve))
    const authority = testSource(async () => {
      await answered
      return { outcome: 'ok', asOf: null }
    })
    const config = readConfig({ PIAOZAI_DATA: testDirectory(), PIAOZAI_DATABASE_URL: server.url })
    const gateway = await createGateway({
      config,
      clock: systemClock,
      random: systemRandom,
      log: silentLog(),
      egress: () => () => Promise.reject(new Error('there is no network')),
      moreSources: [authority],
    })
    onTestFinished(() => gateway.stop())
    const get = (path: string, init?: RequestInit) => ask(gateway.app, `http://localhost${path}`, init)
    const post = (count: number) =>
      get('/api/v1/queries', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ queries: [queryOf(count)] }),
      })

    const first = post(1)
    await eventually(() => authority.asked.length === 1)
    await server.halt()
    const refused = await post(2)
    expect([refused.status, Number(refused.headers.get('Retry-After')) > 0]).toEqual([503, true])
    expect(problem.parse(await refused.json())).toMatchObject({ code: 'store-away' })
    expect((await get('/readyz')).status).toBe(503)
    expect((await get('/healthz')).status).toBe(200)
    const status = await get('/status.json')
    expect([status.status, serviceStatus.parse(await status.json())]).toMatchObject([200, { mode: 'degraded', queue: { parked: 0 } }])
    // The source answers while there is nowhere to keep it.
    answer()
    await first

    await server.resume()
    await eventually(async () => (await get('/readyz')).status === 200)
    await eventually(async () => {
      const reply = await get(`/api/v1/queries/${idOf(1)}`)
      return reply.status === 200 && ((await reply.json()) as { state: string }).state === 'answered'
    })
    expect(authority.asked).toHaveLength(1)
    expect(await (await post(2)).json()).toMatchObject({ results: [{ state: 'answered', answer: { verdict: 'confirmed' } }] })
    expect(authority.asked).toHaveLength(2)
  })
})
