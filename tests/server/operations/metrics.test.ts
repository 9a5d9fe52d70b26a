import { describe, expect, it } from 'vitest'
import { idOf, numberOf, queryOf } from '../kit/fixtures.ts'
import { testGateway, type TestGateway } from '../kit/gateway.ts'
import { always, down, testSource } from '../kit/source.ts'

const token = 'a-token-of-the-operator'
const read = (gateway: TestGateway, address: string, headers: Record<string, string> = {}) =>
  gateway.fetch('/metrics', { headers }, address)

describe('/metrics', () => {
  it('tells CPU, memory, event loop, sources with their time and misses, and the queue', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    await gateway.postOne(queryOf(1))
    authority.says = down
    await gateway.postOne(queryOf(2))
    const reply = await read(gateway, '127.0.0.1')
    expect(reply.headers.get('Content-Type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const text = await reply.text()
    for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(text).toMatch(new RegExp(`^${name} [\\d.e+-]+$`, 'm'))
    for (const line of [
      'piaozai_source_seconds_count{source="registry",outcome="no-record"} 2',
      'piaozai_source_seconds_count{source="simulated",outcome="ok"} 1',
      'piaozai_source_seconds_count{source="simulated",outcome="failed"} 1',
      'piaozai_source_up{source="registry"} 1',
      'piaozai_queue_parked 1',
      'piaozai_queue_oldest_seconds 0',
      'piaozai_answered_last_minute 1',
      'piaozai_http_requests_total{route="POST queries",status="200"} 2',
      'piaozai_requests_shed 0',
    ])
      expect(text.split('\n')).toContain(line)
  })

  it('leaves the queue out while the database is away', async () => {
    const gateway = await testGateway()
    gateway.gateway.store.queue = () => Promise.reject(new Error('away'))
    const text = await (await read(gateway, '127.0.0.1')).text()
    expect(text).not.toMatch(/^piaozai_queue_parked /m)
    expect(text).toMatch(/^piaozai_requests_inside 0$/m)
  })

  it('holds nothing of queries, devices or addresses', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    await gateway.postFrom('198.51.100.77', queryOf(1))
    await gateway.fetch(`/api/v1/queries/${idOf(1)}`)
    const text = await (await read(gateway, '::1')).text()
    for (const secret of [idOf(1), numberOf(1), '198.51.100', '106.00']) expect(text).not.toContain(secret)
  })

  it('is for this machine alone, and not for what a proxy on it passes on', async () => {
    const gateway = await testGateway()
    const statuses = [
      await read(gateway, '127.0.0.1'),
      await read(gateway, '::ffff:127.0.0.1'),
      await read(gateway, '198.51.100.1'),
      await read(gateway, '127.0.0.1', { 'X-Forwarded-For': '198.51.100.1' }),
      await read(gateway, '127.0.0.1', { Via: '2.0 Caddy' }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 404, 404, 404])
  })

  it('or for whoever shows the token, when there is one', async () => {
    const gateway = await testGateway({ env: { PIAOZAI_METRICS_TOKEN: token } })
    const statuses = [
      await read(gateway, '198.51.100.1', { Authorization: `Bearer ${token}` }),
      await read(gateway, '198.51.100.1', { Authorization: `Bearer ${token}x` }),
      await read(gateway, '127.0.0.1'),
    ].map(({ status }) => status)
    expect(statuses).toEqual([200, 404, 404])
  })
})
