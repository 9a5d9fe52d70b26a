import { describe, expect, it } from 'vitest'
import type { QueryResult } from '../../src/api/index.ts'
import { costOf } from '../../src/server/sources/cost.ts'
import type { Source } from '../../src/server/sources/source.ts'
import { idOf, queryOf } from './kit/fixtures.ts'
import { settled, testClock } from './kit/clock.ts'
import { testDirectory, testGateway, type TestGateway } from './kit/gateway.ts'
import { always, down, testSource, type TestSource } from './kit/source.ts'

const hour = 3_600_000
const secondary = (says: TestSource['says'] = always('ok')) => testSource(says, 'authority', 'tencent')

/** Fails at one invoice and works for every other one. */
const poisonedAt =
  (count: number, otherwise: TestSource['says'] = always('ok')): TestSource['says'] =>
  (elements, signal) =>
    elements.number === queryOf(count).number ? down(elements, signal) : otherwise(elements, signal)

/** Posts from a network of its own while time goes on. */
async function from(gateway: TestGateway, network: number, ...queries: object[]): Promise<QueryResult[]> {
  const posted = gateway.postFrom(`198.51.${network}.1`, ...queries)
  await gateway.clock.pass(1000)
  return posted
}
const states = (results: readonly QueryResult[]) =>
  results.map((one) => (one.state === 'parked' ? one.reason : one.state === 'answered' ? one.answer.verdict : one.state))
/** Another guess at the amount of an invoice. */
const guess = (id: number, amount: number, more: { force?: true } = {}) => queryOf(1, { id: idOf(id), amount: `${amount}.00`, ...more })

describe('another source is paid', () => {
  it('when the first one is down, at once', async () => {
    const [first, second] = [testSource(down), secondary()]
    const gateway = await testGateway({ sources: [first, second] })
    expect(states(await from(gateway, 1, queryOf(1)))).toEqual(['confirmed'])
    expect([first.asked.length, second.asked.length]).toEqual([1, 1])
  })

  it('not when the first one failed at this question only; when it fails at it again, it is', async () => {
    const [first, second] = [testSource(poisonedAt(1)), secondary()]
    const gateway = await testGateway({ sources: [first, second] })
    first.says = async (elements, signal) => {
      // Others are answered while this one fails.
      if (elements.number === queryOf(1).number) await gateway.clock.sleep(500)
      return poisonedAt(1)(elements, signal)
    }
    await from(gateway, 1, queryOf(2))
    const posted = gateway.post(queryOf(1))
    await gateway.clock.pass(100)
    await from(gateway, 1, queryOf(3))
    expect(states(await posted)).toEqual(['source-down'])
    expect(second.asked).toEqual([])
    // It is tried again by itself, again while others are answered.
    for (let count = 4; count < 400 && second.asked.length === 0; count++) await from(gateway, 1, queryOf(count))
    expect(second.asked.map(({ number }) => number)).toEqual([queryOf(1).number])
    await gateway.clock.pass(1000)
    expect(await gateway.summary(idOf(1))).toMatchObject({ verdict: 'confirmed' })
  })

  it('not when the first one is only asked too fast: the question waits for its turn', async () => {
    const first: TestSource & Source = Object.assign(testSource(always('ok')), { pace: { perSecond: 2 } })
    const second = secondary()
    const gateway = await testGateway({ sources: [first, second] })
    const begun = gateway.clock.now()
    const asked: number[] = []
    first.says = () => {
      asked.push(gateway.clock.now() - begun)
      return Promise.resolve({ outcome: 'ok', asOf: null })
    }
    await from(gateway, 1, ...Array.from({ length: 20 }, (_, count) => queryOf(count)))
    await gateway.clock.pass(60_000)
    expect(asked).toHaveLength(20)
    for (let second = 0; second < 60; second++)
      expect(asked.filter((at) => at >= second * 1000 && at < second * 1000 + 1000).length).toBeLessThanOrEqual(3)
    expect(second.asked).toEqual([])
    expect((await gateway.summary(idOf(19))).state).toBe('answered')
  })

  it('in the order its kind has', async () => {
    const [first, second] = [testSource(always('ok')), secondary()]
    const policy = new Map([['digital-ordinary', ['tencent'] as const]]) as never
    const gateway = await testGateway({ sources: [first, second] })
    const { sourceSettings } = gateway.config
    const other = await testGateway({ sources: [first, second], more: { sourceSettings: { ...sourceSettings, policy } } })
    await from(other, 1, queryOf(1), queryOf(2, { kind: 'digital-special' }))
    expect([first.asked.map(({ kind }) => kind), second.asked.map(({ kind }) => kind)]).toEqual([['digital-special'], ['digital-ordinary']])
  })
})

describe('the budget of a source', () => {
  const env = { PIAOZAI_SOURCES: 'registry,simulated', PIAOZAI_SIMULATED_AUTHORITY: 'none.json', PIAOZAI_BUDGETS: 'simulated=3' }
  /** The budget of `simulated` without its file. */
  const options = async () => ({
    more: { sources: ['registry'] as const, sourceSettings: (await testGateway({ env })).config.sourceSettings },
  })

  it('is kept through a new start, and what is over it waits for the next day', async () => {
    const data = testDirectory()
    const clock = testClock()
    const authority = testSource(always('ok'))
    const first = await testGateway({ sources: [authority], data, clock, ...(await options()) })
    expect(states(await from(first, 1, queryOf(1), queryOf(2)))).toEqual(['confirmed', 'confirmed'])
    await first.gateway.stop()
    const second = await testGateway({ sources: [authority], data, clock, ...(await options()) })
    expect(states(await from(second, 1, queryOf(3), queryOf(4), queryOf(5)))).toEqual(['confirmed', 'source-down', 'source-down'])
    await clock.leap(13 * hour) // 23:00 in Shanghai
    expect(authority.asked).toHaveLength(3)
    await clock.leap(2 * hour)
    await clock.pass(10_000)
    expect([authority.asked.length, await second.summary(idOf(4)), await second.summary(idOf(5))]).toMatchObject([
      5,
      { state: 'answered' },
      { state: 'answered' },
    ])
  })

  it('spent: the next source is asked', async () => {
    const second = secondary()
    const gateway = await testGateway({ sources: [testSource(always('ok')), second], ...(await options()) })
    await from(gateway, 1, queryOf(1), queryOf(2), queryOf(3))
    expect(states(await from(gateway, 1, queryOf(4)))).toEqual(['confirmed'])
    expect(second.asked).toHaveLength(1)
  })

  it('is not spent on what a source did not answer', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority], ...(await options()) })
    await from(gateway, 1, queryOf(1))
    await gateway.clock.pass(120_000)
    expect(authority.asked.length).toBeGreaterThan(10)
    authority.says = always('ok')
    await gateway.clock.pass(10_000)
    expect(await gateway.summary(idOf(1))).toMatchObject({ state: 'answered' })
  })
})

describe('the cost', () => {
  it('is what was answered times its price, by source and day', async () => {
    const replies = ['ok', 'mismatch', 'not-found', 'daily-limit', 'unsupported', 'out-of-range'] as const
    const authority = testSource(({ number }) => Promise.resolve({ outcome: replies[Number(number.at(-1))] ?? 'ok', asOf: null }))
    const gateway = await testGateway({ sources: [authority] })
    for (let count = 0; count < replies.length; count++) await from(gateway, 1, queryOf(count))
    const prices = new Map([['simulated', 0.25] as const])
    expect(await costOf(gateway.gateway.store, '2026-11-24', prices)).toEqual([{ source: 'simulated', calls: 6, billed: 3, yuan: 0.75 }])
    expect(await costOf(gateway.gateway.store, '2026-11-24', new Map())).toMatchObject([{ yuan: null }])
    expect(await costOf(gateway.gateway.store, '2026-11-25', prices)).toEqual([])
  })
})

describe('a thousand devices with the same question at the same time', () => {
  it('cost one call of a source for each invoice', async () => {
    const authority = testSource(always('ok'))
    let release = () => undefined as void
    const open = new Promise<void>((resolve) => (release = resolve))
    authority.says = () => open.then(() => ({ outcome: 'ok', asOf: null }))
    const gateway = await testGateway({ sources: [authority] })
    const distinct = 2
    const all = Promise.all(
      Array.from({ length: 1000 * distinct }, (_, index) => gateway.postOne(queryOf(index % distinct, { id: idOf(index) }))),
    )
    await settled()
    release()
    expect(new Set(states(await all))).toEqual(new Set(['confirmed']))
    expect(authority.asked.length / distinct).toBeLessThanOrEqual(1.001)
  }, 120_000)
})

describe('wrong tries', () => {
  it('of a network leave the last two looks of an invoice to others', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    for (let id = 1; id <= 3; id++) expect(states(await from(gateway, 1, guess(id, id)))).toEqual(['mismatch'])
    expect(states(await from(gateway, 1, guess(4, 4)))).toEqual(['daily-limit'])
    authority.says = always('ok')
    expect(states(await from(gateway, 2, guess(5, 106)))).toEqual(['confirmed'])
    expect(states(await from(gateway, 3, guess(6, 106, { force: true })))).toEqual(['confirmed'])
    expect(states(await from(gateway, 4, guess(7, 107)))).toEqual(['daily-limit'])
  })

  it('that are too many end it: nothing more is asked, taken in or kept for that network until they are forgotten, and others are answered', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    const results = []
    for (let id = 1; id <= 2; id++)
      results.push(...(await from(gateway, 1, ...Array.from({ length: 5 }, (_, one) => queryOf(10 * id + one)))))
    // Without a device its network is one.
    expect(states(results)).toEqual([...Array<string>(8).fill('mismatch'), ...Array<string>(2).fill('refused')])
    expect(authority.asked).toHaveLength(8)
    authority.says = always('ok')
    expect(states(await from(gateway, 2, queryOf(99)))).toEqual(['confirmed'])
    const stopped = await gateway.fetch(
      '/api/v1/queries',
      { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ queries: [queryOf(98)] }) },
      '198.51.1.7',
    )
    expect([stopped.status, Number(stopped.headers.get('Retry-After')) >= 3600]).toEqual([429, true])
    await gateway.clock.leap(49 * hour)
    expect(states(await from(gateway, 1, queryOf(97)))).toEqual(['confirmed'])
  })

  it('count for the network, whatever device it says it is now', async () => {
    const gateway = await testGateway({ sources: [testSource(always('mismatch'))] })
    const results = []
    for (let id = 1; id <= 5; id++) {
      const posted = gateway.fetch('/api/v1/queries', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Piaozai-Device': String(id).padStart(22, 'A') },
        body: JSON.stringify({ queries: [guess(id, id)] }),
      })
      await gateway.clock.pass(1000)
      results.push(...((await (await posted).json()) as { results: QueryResult[] }).results)
    }
    expect(states(results)).toEqual(['mismatch', 'mismatch', 'mismatch', 'daily-limit', 'daily-limit'])
  })

  it('and for the device, whatever network it is in now', async () => {
    const gateway = await testGateway({ sources: [testSource(always('mismatch'))] })
    const results = []
    for (let id = 1; id <= 5; id++) {
      const headers = { 'Content-Type': 'application/json', 'Piaozai-Device': 'A'.repeat(22) }
      const init = { method: 'POST', headers, body: JSON.stringify({ queries: [guess(id, id)] }) }
      const posted = gateway.fetch('/api/v1/queries', init, `198.51.${id}.1`)
      await gateway.clock.pass(1000)
      results.push(...((await (await posted).json()) as { results: QueryResult[] }).results)
    }
    expect(states(results)).toEqual(['mismatch', 'mismatch', 'mismatch', 'daily-limit', 'daily-limit'])
  })

  it.each([
    ['device', 'A', 'A', '198.51.7.1'],
    ['network', 'A', 'B', '198.51.1.9'],
  ])('count for other invoices, too, for the %s', async (_, first, then, address) => {
    const authority = testSource(({ number }) => Promise.resolve({ outcome: number === queryOf(9).number ? 'mismatch' : 'ok', asOf: null }))
    const gateway = await testGateway({ sources: [authority] })
    async function ask(device: string, network: string, query: object): Promise<QueryResult[]> {
      const headers = { 'Content-Type': 'application/json', 'Piaozai-Device': device.repeat(22) }
      const posted = gateway.fetch('/api/v1/queries', { method: 'POST', headers, body: JSON.stringify({ queries: [query] }) }, network)
      await gateway.clock.pass(1000)
      return ((await (await posted).json()) as { results: QueryResult[] }).results
    }
    await ask(first, '198.51.1.1', queryOf(9))
    const results = []
    for (let id = 1; id <= 4; id++) results.push(...(await ask(then, address, guess(id, 106, { force: true }))))
    expect(states(results)).toEqual(['confirmed', 'confirmed', 'confirmed', 'daily-limit'])
  })

  it('in one batch are known before they are answered: two questions about one invoice cannot both be right', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    const results = await from(gateway, 1, ...[1, 2, 3, 4, 5].map((id) => guess(id, id)))
    expect(states(results).filter((state) => state === 'mismatch')).toHaveLength(3)
    expect(authority.asked).toHaveLength(3)
  })

  it('stay those of whoever asked when the question waits and is asked later', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    await from(gateway, 1, queryOf(9))
    authority.says = down
    await from(gateway, 1, ...[1, 2, 3, 4, 5].map((id) => guess(id, id)))
    authority.says = always('mismatch')
    authority.asked.length = 0
    await gateway.clock.pass(60_000)
    expect(authority.asked).toHaveLength(3)
  })

  it('are no genuine invoices that the authority does not have: an office goes on asking, whatever is missing there', async () => {
    const authority = testSource(always('not-found'))
    const gateway = await testGateway({ sources: [authority] })
    const missing = Array.from({ length: 60 }, (_, count) => queryOf(count))
    for (let begin = 0; begin < 60; begin += 20) await from(gateway, 1, ...missing.slice(begin, begin + 20))
    await gateway.clock.leap(25 * hour)
    const finals: QueryResult[] = []
    for (let begin = 0; begin < 60; begin += 20) finals.push(...(await from(gateway, 1, ...missing.slice(begin, begin + 20))))
    expect(new Set(states(finals))).toEqual(new Set(['not-found']))
    authority.says = always('ok')
    expect(states(await from(gateway, 1, queryOf(99)))).toEqual(['confirmed'])
  })

  it('stop whoever made too many of them, but not the answers to what was taken in before', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    for (let id = 1; id <= 8; id++) await from(gateway, 1, queryOf(id))
    const post = async (...queries: object[]) => {
      const headers = { 'Content-Type': 'application/json' }
      const posted = gateway.fetch('/api/v1/queries', { method: 'POST', headers, body: JSON.stringify({ queries }) }, '198.51.1.1')
      await gateway.clock.pass(1000)
      return posted
    }
    for (let id = 11; id <= 20; id++) await post(queryOf(id))
    authority.asked.length = 0
    const [refused, mixed] = [await post(queryOf(30)), await post(queryOf(31), queryOf(1))]
    expect([refused.status, mixed.status]).toEqual([429, 200])
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    const [fresh, known] = ((await mixed.json()) as { results: QueryResult[] }).results
    expect(fresh).toMatchObject({ state: 'refused', problem: { code: 'rate-limited' } })
    expect(known).toMatchObject({ state: 'answered', answer: { verdict: 'mismatch' } })
    expect(authority.asked).toEqual([])
  })

  it('are no matching ones: who only ever matched has all five', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    for (let id = 1; id <= 5; id++) expect(states(await from(gateway, 1, guess(id, 106, { force: true })))).toEqual(['confirmed'])
    expect(states(await from(gateway, 1, guess(6, 106, { force: true })))).toEqual(['daily-limit'])
  })

  it('are forgotten after two days', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    await from(gateway, 1, queryOf(9))
    await gateway.clock.leap(49 * hour)
    authority.says = always('ok')
    for (let id = 1; id <= 5; id++) expect(states(await from(gateway, 1, guess(id, 106, { force: true })))).toEqual(['confirmed'])
  })
})

describe('the last look of a day', () => {
  it('is left to people: the gateway by itself stops one short', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    authority.says = down
    await from(gateway, 9, guess(9, 106))
    authority.says = ({ amount }, signal) => (amount === 10_600 ? down({} as never, signal) : always('mismatch')({} as never, signal))
    for (let id = 1; id <= 4; id++) {
      const posted = gateway.postFrom(`198.51.${id}.1`, guess(id, id))
      await gateway.clock.pass(30_000)
      await posted
    }
    for (
      let turn = 0;
      turn < 20 && (await Promise.all([1, 2, 3, 4].map((id) => gateway.summary(idOf(id))))).some(({ state }) => state !== 'answered');
      turn++
    )
      await gateway.clock.pass(30_000)
    authority.says = always('ok')
    await gateway.clock.pass(120_000)
    expect(await gateway.summary(idOf(9))).toMatchObject({ state: 'parked', reason: 'daily-limit' })
    expect(states(await from(gateway, 5, guess(5, 105)))).toEqual(['confirmed'])
    expect(states(await from(gateway, 6, guess(6, 108)))).toEqual(['daily-limit'])
    await gateway.clock.leap(24 * hour)
    await gateway.clock.pass(10_000)
    expect(await gateway.summary(idOf(9))).toMatchObject({ state: 'answered', verdict: 'confirmed' })
  })
})

describe('mismatch and not found', () => {
  it('have the same fields, in the answer and in each source’s part, and take the same least time', async () => {
    const shapes = []
    for (const outcome of ['mismatch', 'not-found'] as const) {
      const gateway = await testGateway({ sources: [testSource(always(outcome)), secondary(always(outcome))] })
      const begun = gateway.clock.now()
      let took = 0
      const posted = gateway.postOne(queryOf(1)).then((result) => {
        took = gateway.clock.now() - begun
        return result
      })
      await gateway.clock.pass(1000)
      const result = await posted
      if (result.state !== 'answered') throw new Error('not answered')
      shapes.push({
        verdict: outcome === result.answer.verdict,
        fields: Object.keys(result.answer),
        parts: [...new Set(result.answer.sources.flatMap(Object.keys))],
        took,
      })
    }
    expect(shapes[0]).toEqual(shapes[1])
    expect(shapes[0]).toMatchObject({ verdict: true, fields: ['verdict', 'sources', 'answeredAt', 'asOf', 'receipt'], took: 200 })
  })
})
