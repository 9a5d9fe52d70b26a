import { describe, expect, it } from 'vitest'
import { problem, serviceStatus } from '../../../src/api/index.ts'
import { settled } from '../kit/clock.ts'
import { idOf, queryOf } from '../kit/fixtures.ts'
import { testGateway } from '../kit/gateway.ts'
import { testDatabase } from '../kit/postgres/database.ts'
import { postgresProxy } from '../kit/postgres/proxy.ts'
import { eventually } from '../kit/process.ts'
import { always, testSource } from '../kit/source.ts'

/** What everybody is promised. */
const promisedMs = 5000

async function started(says = always('ok')) {
  const proxy = await postgresProxy(await testDatabase())
  const authority = testSource(says)
  const gateway = await testGateway({
    sources: [authority],
    env: { PIAOZAI_DATABASE_URL: proxy.url, PIAOZAI_KEYS: 'A'.repeat(43), PIAOZAI_METRICS_TOKEN: 'a-token-of-metrics' },
  })
  const headers = { 'Content-Type': 'application/json' }
  const post = (count: number) =>
    gateway.fetch('/api/v1/queries', { method: 'POST', headers, body: JSON.stringify({ queries: [queryOf(count)] }) })
  /** The reply to what waits for the database, which must come before the promised time is over. */
  async function inTime(waits: Promise<Response>): Promise<Response> {
    const before = proxy.held()
    await eventually(() => proxy.held() > before || before > 0)
    let reply: Response | null = null
    void waits.then((came) => (reply = came))
    await gateway.clock.pass(promisedMs - 1)
    await settled()
    if (reply === null) throw new Error('nothing was told in time')
    return reply
  }
  return { proxy, authority, gateway, post, inTime }
}

async function told(reply: Response) {
  const after = Number(reply.headers.get('Retry-After'))
  return { status: reply.status, code: problem.parse(await reply.json()).code, isTimed: after >= 5 && after <= 10 }
}
const away = { status: 503, code: 'store-away', isTimed: true }

describe('a PostgreSQL that takes everything and answers nothing', { timeout: 60_000 }, () => {
  it('keeps nobody waiting: whoever asks is told within five seconds when to come back, then everything goes on', async () => {
    const { proxy, authority, gateway, post, inTime } = await started()
    expect((await post(1)).status).toBe(200)
    proxy.hang()
    const waiting = [post(2), gateway.fetch(`/api/v1/queries/${idOf(1)}`), gateway.fetch(`/api/v1/queries?ids=${idOf(1)}`)]
    for (const one of waiting) expect(await told(await inTime(one))).toEqual(away)
    const before = gateway.clock.now()
    const known = await inTime(gateway.fetch('/api/v1/status'))
    expect(known.status).toBe(200)
    const { asOf, mode, components } = serviceStatus.parse(await known.json())
    expect([mode, components[0]]).toMatchObject(['degraded', { id: 'gateway', state: 'degraded' }])
    // What was known before the database hung, and no newer than it says.
    expect(Date.parse(asOf)).toBeLessThan(before)
    expect((await inTime(gateway.fetch('/readyz'))).status).toBe(503)
    expect((await gateway.fetch('/healthz')).status).toBe(200)
    const scrape = { headers: { Authorization: 'Bearer a-token-of-metrics' } }
    const metrics = await (await inTime(gateway.fetch('/metrics', scrape))).text()
    expect([metrics.includes('piaozai_source_up'), /^piaozai_queue_parked \d/m.test(metrics)]).toEqual([true, false])

    proxy.flow()
    await eventually(async () => (await post(2)).status === 200)
    await gateway.clock.pass(2000)
    const after = serviceStatus.parse(await (await gateway.fetch('/api/v1/status')).json())
    expect([after.mode, Date.parse(after.asOf)]).toEqual(['normal', gateway.clock.now()])
    expect(authority.asked).toHaveLength(2)
  })

  it('while a source is being asked costs no answer, and nobody is asked twice', async () => {
    let answer: () => void = () => undefined
    const answered = new Promise<void>((resolve) => (answer = resolve))
    const { proxy, authority, gateway, post, inTime } = await started(() => answered.then(() => ({ outcome: 'ok', asOf: null })))
    const posted = post(1)
    await eventually(() => authority.asked.length === 1)
    proxy.hang()
    answer()
    expect(await told(await inTime(posted))).toEqual(away)
    proxy.flow()
    await eventually(async () => (await gateway.summary(idOf(1))).state === 'answered')
    expect(authority.asked).toHaveLength(1)
  })
})
