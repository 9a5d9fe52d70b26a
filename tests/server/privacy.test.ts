import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { csvOf, idOf, numberOf, queryOf, rowOf } from './kit/fixtures.ts'
import { testDirectory, testGateway } from './kit/gateway.ts'
import { always, down, testSource } from './kit/source.ts'

const day = 24 * 3_600_000

describe('what the gateway writes to disk', () => {
  it('holds no elements and no invoices in the clear, parked or answered, and no ids of devices', async () => {
    const data = testDirectory()
    const authority = testSource(down)
    const gateway = await testGateway({ data, sources: [authority] })
    const device = 'DEVICE-DEVICE-DEVICE-1'
    await gateway.fetch('/api/v1/queries', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Piaozai-Device': device },
      body: JSON.stringify({ queries: [queryOf(1)] }),
    })
    const { emptyInvoice } = await import('../../src/domain/index.ts')
    authority.says = () =>
      Promise.resolve({ outcome: 'ok', asOf: null, invoice: { ...emptyInvoice('rail'), seller: { name: 'SELLER-9', taxId: null } } })
    await gateway.clock.pass(6000)
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ answer: { invoice: { seller: { name: 'SELLER-9' } } } })
    authority.says = down
    await gateway.postOne(queryOf(2))
    await gateway.gateway.stop()
    const bytes = readdirSync(data).map((name) => readFileSync(join(data, name)).toString('latin1'))
    for (const secret of [numberOf(1), numberOf(2), '106.00', '10600', 'SELLER-9', device]) {
      expect(
        bytes.some((text) => text.includes(secret)),
        secret,
      ).toBe(false)
    }
  })
})

describe('the log', () => {
  it('has no ids, numbers, codes, names or addresses, also when things go wrong', async () => {
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const authority = testSource(() => Promise.reject(new Error(`cannot ask about ${numberOf(1)}`)))
    const gateway = await testGateway({ log, sources: [authority] })
    await gateway.importCsv(csvOf([rowOf(2)]))
    await gateway.post(queryOf(1), queryOf(2), { id: 'x' })
    authority.says = always('operator-fault')
    await gateway.clock.pass(6000)
    await gateway.fetch(`/api/v1/queries/${idOf(1)}`)
    gateway.gateway.store.admit = () => Promise.reject(new Error(`broken at ${numberOf(3)}`))
    await gateway.fetch('/api/v1/queries', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ queries: [queryOf(3)] }),
    })
    const text = lines.join('')
    expect(lines.length).toBeGreaterThanOrEqual(3)
    for (const secret of [idOf(1), idOf(2), idOf(3), numberOf(1), numberOf(2), numberOf(3), '106.00', 'SELLER', 'BUYER'])
      expect(text).not.toContain(secret)
  })
})

describe('retention', () => {
  it('forgets collected answers after 30 days and uncollected ones after 400; then the id is as unknown as any', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority], env: { PIAOZAI_PROBE_SECONDS: '3600' } })
    await gateway.post(queryOf(1), queryOf(2))
    authority.says = always('ok')
    await gateway.clock.leap(3_600_000)
    await gateway.postOne(queryOf(1)) // collected; nobody comes for the second
    const states = async () =>
      (await Promise.all([1, 2].map((count) => gateway.fetch(`/api/v1/queries/${idOf(count)}`)))).map((one) => one.status)
    await gateway.clock.leap(29 * day)
    expect(await states()).toEqual([200, 200])
    await gateway.clock.leap(2 * day)
    expect(await states()).toEqual([404, 200])
    await gateway.clock.leap(370 * day)
    expect(await states()).toEqual([404, 404])
    const asked = authority.asked.length
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ state: 'answered' })
    expect(authority.asked).toHaveLength(asked + 1)
  })

  it('never forgets a query that waits, also after a year of outage', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority], env: { PIAOZAI_PROBE_SECONDS: '3600' } })
    await gateway.postOne(queryOf(1))
    for (let month = 0; month < 20; month++) await gateway.clock.leap(30 * day)
    expect(await gateway.summary(idOf(1))).toMatchObject({ state: 'parked', reason: 'source-down' })
    authority.says = always('ok')
    await gateway.clock.leap(3_600_000)
    expect(await gateway.summary(idOf(1))).toMatchObject({ state: 'answered', verdict: 'confirmed' })
  })
})
