import { describe, expect, it } from 'vitest'
import { problem, serviceStatus, wellKnown } from '../../src/api/index.ts'
import { networkOf } from '../../src/server/admission/sender.ts'
import { version } from '../../src/server/index.ts'
import manifest from '../../package.json' with { type: 'json' }
import { idOf, queryOf } from './kit/fixtures.ts'
import { testGateway, type TestGateway } from './kit/gateway.ts'
import { always, down, testSource } from './kit/source.ts'

const json = { 'Content-Type': 'application/json' }
const post = (gateway: TestGateway, body: string, headers: Record<string, string> = json) =>
  gateway.fetch('/api/v1/queries', { method: 'POST', headers, body })
const batch = (...queries: object[]) => JSON.stringify({ queries })

describe('errors', () => {
  const cases: [string, (gateway: TestGateway) => Response | Promise<Response>, number, string][] = [
    ['no JSON', (gateway) => post(gateway, 'hello'), 400, 'envelope-invalid'],
    ['no list', (gateway) => post(gateway, '{"queries":{}}'), 400, 'envelope-invalid'],
    ['an empty list', (gateway) => post(gateway, batch()), 400, 'envelope-invalid'],
    ['51 queries', (gateway) => post(gateway, batch(...Array.from({ length: 51 }, (_, index) => queryOf(index)))), 400, 'envelope-invalid'],
    ['a query without an id', (gateway) => post(gateway, batch({ kind: 'rail' })), 400, 'envelope-invalid'],
    ['another media type', (gateway) => post(gateway, batch(queryOf(1)), { 'Content-Type': 'text/plain' }), 415, 'media-type-unsupported'],
    ['a huge body', (gateway) => post(gateway, batch({ ...queryOf(1), x: 'x'.repeat(70_000) })), 413, 'body-too-large'],
    ['another method', (gateway) => gateway.fetch('/api/v1/queries', { method: 'DELETE' }), 405, 'method-not-allowed'],
    ['a method of a file', (gateway) => gateway.fetch('/status.json', { method: 'POST' }), 405, 'method-not-allowed'],
    ['an unknown address', (gateway) => gateway.fetch('/api/v1/nothing'), 404, 'not-found'],
    ['no ids', (gateway) => gateway.fetch('/api/v1/queries?ids='), 400, 'ids-invalid'],
    ['an unknown id', (gateway) => gateway.fetch(`/api/v1/queries/${idOf(1)}`), 404, 'query-unknown'],
  ]

  it.each(cases)('%s is a problem document with a permanent code', async (_, send, status, code) => {
    const response = await send(await testGateway())
    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(problem.parse(await response.json())).toMatchObject({ status, code, type: `urn:piaozai:problem:${code}` })
  })

  it('of our own say nothing of what went wrong inside', async () => {
    const gateway = await testGateway()
    gateway.gateway.store.admit = () => Promise.reject(new Error('SECRET'))
    const response = await post(gateway, batch(queryOf(1)))
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('SECRET')
  })
})

describe('what is shared to the app', () => {
  it('and comes to the gateway because no worker took it leads to the page that says so, and is not looked at', async () => {
    const gateway = await testGateway()
    const body = new FormData()
    body.append('files', new File(['%PDF-'], '1.pdf'))
    const response = await gateway.fetch('/share', { method: 'POST', body })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/add?way=file&shared=lost'])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })
})

describe('every response', () => {
  it('carries the security headers, and may not be stored unless it is a status', async () => {
    const gateway = await testGateway()
    for (const [path, cache] of [
      [`/api/v1/queries?ids=${idOf(1)}`, 'no-store'],
      ['/healthz', 'no-store'],
      ['/nothing', 'no-store'],
      ['/status.json', 'public, max-age=2'],
    ] as const) {
      const { headers } = await gateway.fetch(path)
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'")
      expect(headers.get('Cache-Control'), path).toBe(cache)
    }
  })
})

describe('several ids', () => {
  it('are told in the order asked, unknown ones as such', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    await gateway.postOne(queryOf(2))
    const response = await gateway.fetch(`/api/v1/queries?ids=${idOf(1)},${idOf(2)}`)
    expect(await response.json()).toMatchObject({
      results: [
        { id: idOf(1), state: 'query-unknown' },
        { id: idOf(2), state: 'answered', verdict: 'confirmed' },
      ],
    })
  })
})

describe('the status file', () => {
  async function statusOf(gateway: TestGateway) {
    return serviceStatus.parse(await (await gateway.fetch('/api/v1/status')).json())
  }

  it('may be read from everywhere and is not sent again while it is the same', async () => {
    const gateway = await testGateway()
    const first = await gateway.fetch('/status.json', { headers: { Origin: 'https://elsewhere.example' } })
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe('*')
    const again = await gateway.fetch('/status.json', { headers: { 'If-None-Match': first.headers.get('ETag') ?? '' } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await gateway.clock.pass(3000)
    expect((await gateway.fetch('/status.json')).headers.get('ETag')).not.toBe(first.headers.get('ETag'))
  })

  it('tells an outage of the authority, how many wait, and since when', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    const begun = new Date(gateway.clock.now()).toISOString()
    expect(await statusOf(gateway)).toMatchObject({ mode: 'normal', queue: { parked: 0, oldest: null } })
    await gateway.postOne(queryOf(1))
    await gateway.clock.pass(3000)
    expect(await statusOf(gateway)).toMatchObject({
      mode: 'outage',
      components: [
        { id: 'gateway', state: 'up' },
        { id: 'registry', class: 'registry', state: 'up' },
        { id: 'simulated', class: 'authority', state: 'down', since: begun },
      ],
      queue: { parked: 1, oldest: begun },
    })
    authority.says = always('ok')
    await gateway.clock.pass(5000)
    expect(await statusOf(gateway)).toMatchObject({ mode: 'normal', queue: { parked: 0, drainPerMinute: 1 } })
  })

  it('is degraded when one of two authority sources is down', async () => {
    const gateway = await testGateway({ sources: [testSource(down), testSource(always('ok'), 'authority', 'demo')] })
    await gateway.postOne(queryOf(1))
    await gateway.clock.pass(2500)
    expect(await statusOf(gateway)).toMatchObject({ mode: 'degraded' })
  })
})

describe('the card of the gateway', () => {
  it('names the version of the package and the other ways, for every origin', async () => {
    const gateway = await testGateway({
      env: { PIAOZAI_STATUS_HOSTS: 'https://status.example', PIAOZAI_CHANNELS: 'https://other.example' },
    })
    const response = await gateway.fetch('/.well-known/piaozai.json')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(wellKnown.parse(await response.json())).toMatchObject({
      version: manifest.version,
      statusHosts: ['https://status.example'],
      channels: ['https://other.example'],
    })
    expect(version).toBe(manifest.version)
  })
})

describe('other origins', () => {
  const preflight = { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'POST', Origin: 'https://app.example' } }

  it('may ask when the settings name them', async () => {
    const gateway = await testGateway({ env: { PIAOZAI_ORIGINS: 'https://app.example' } })
    const { headers } = await gateway.fetch('/api/v1/queries', preflight)
    expect(headers.get('Access-Control-Allow-Origin')).toBe('https://app.example')
    expect(headers.get('Access-Control-Allow-Headers')).toContain('Piaozai-Device')
  })

  it('may not otherwise', async () => {
    const gateway = await testGateway()
    expect((await gateway.fetch('/api/v1/queries', preflight)).headers.get('Access-Control-Allow-Origin')).toBeNull()
  })
})

describe('a device that asks too much', () => {
  const deviceA = { ...json, 'Piaozai-Device': 'A'.repeat(22) }
  const fifty = (from: number) => batch(...Array.from({ length: 50 }, (_, index) => queryOf(from + index)))
  const more = { deviceRate: { perMinute: 60, burst: 100 }, networkRate: { perMinute: 600, burst: 200 } }

  it('is told when to come back, not always the same time, and others go on', async () => {
    const gateway = await testGateway({ more })
    expect((await post(gateway, fifty(0), deviceA)).status).toBe(200)
    expect((await post(gateway, fifty(50), deviceA)).status).toBe(200)
    const refused = await Promise.all(Array.from({ length: 10 }, () => post(gateway, batch(queryOf(200)), deviceA)))
    expect(new Set(refused.map((one) => one.status))).toEqual(new Set([429]))
    expect(refused.map((one) => Number(one.headers.get('Retry-After'))).every((seconds) => seconds >= 1 && seconds <= 4)).toBe(true)
    const many = await Promise.all(Array.from({ length: 10 }, () => post(gateway, fifty(200), deviceA)))
    expect(new Set(many.map((one) => one.headers.get('Retry-After'))).size).toBeGreaterThan(1)
    expect((await post(gateway, batch(queryOf(201)), { ...json, 'Piaozai-Device': 'B'.repeat(22) })).status).toBe(200)
    await gateway.clock.pass(5000)
    expect((await post(gateway, batch(queryOf(202)), deviceA)).status).toBe(200)
  })

  it('does not get further by inventing new names: the network has its limit', async () => {
    const gateway = await testGateway({ more })
    const statuses = []
    for (let count = 0; count < 6; count++) {
      statuses.push((await post(gateway, fifty(count * 50), { ...json, 'Piaozai-Device': String(count).repeat(22) })).status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429])
  })

  it('without a name is its network', async () => {
    const gateway = await testGateway({ more })
    await post(gateway, fifty(0))
    await post(gateway, fifty(50), { ...json, 'Piaozai-Device': 'no name', 'X-Forwarded-For': '9.9.9.9' })
    expect((await post(gateway, batch(queryOf(200)), { ...json, 'X-Forwarded-For': '8.8.8.8' })).status).toBe(429)
  })

  it.each([
    ['192.0.2.17', '192.0.2'],
    ['::ffff:192.0.2.17', '192.0.2'],
    ['2001:db8:1:2ff::1', '20010db8000102'],
    ['2001:db8:1:200:ffff::', '20010db8000102'],
    ['::1', '00000000000000'],
    ['fe80::1%eth0', 'fe800000000000'],
    ['nonsense', 'unknown'],
  ])('%s is in the network %s', (address, network) => expect(networkOf(address)).toBe(network))
})

describe('stopping', () => {
  it('refuses new requests with a time to come back, finishes those under way, and is not ready', async () => {
    let release = () => undefined as void
    const open = new Promise<void>((resolve) => (release = resolve))
    const gateway = await testGateway({ sources: [testSource(() => open.then(() => ({ outcome: 'ok', asOf: null })))] })
    const underWay = gateway.postOne(queryOf(1))
    await new Promise((resolve) => setImmediate(resolve))
    gateway.gateway.stopAccepting()
    const refused = await post(gateway, batch(queryOf(2)))
    expect([refused.status, problem.parse(await refused.json()).code]).toEqual([503, 'stopping'])
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThanOrEqual(5)
    expect((await gateway.fetch('/readyz')).status).toBe(503)
    expect((await gateway.fetch('/healthz')).status).toBe(200)
    release()
    expect(await underWay).toMatchObject({ answer: { verdict: 'confirmed' } })
  })
})
