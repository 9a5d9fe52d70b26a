import { describe, expect, it } from 'vitest'
import { idOf, queryOf } from './kit/fixtures.ts'
import { testClock } from './kit/clock.ts'
import { testDirectory, testGateway } from './kit/gateway.ts'
import { always, down, testSource } from './kit/source.ts'

const hour = 3_600_000

describe('while the source is down', () => {
  it('a query is parked with a ticket and answered by itself once it works', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    const parked = await gateway.postOne(queryOf(1))
    expect(parked).toMatchObject({ state: 'parked', reason: 'source-down' })
    expect(parked.state === 'parked' && parked.ticket).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    authority.says = always('ok')
    await gateway.clock.pass(5000)
    expect(await gateway.summary(idOf(1))).toMatchObject({ state: 'answered', verdict: 'confirmed' })
  })

  it('one question is tried per interval, beginning with the oldest, whatever failed before; after recovery each is asked once', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    for (let count = 1; count <= 40; count++) {
      await gateway.postOne(queryOf(count))
      await gateway.clock.pass(10)
    }
    const before = authority.asked.length
    await gateway.clock.pass(60_000)
    const tries = authority.asked.slice(before)
    expect(tries.length).toBeGreaterThanOrEqual(11)
    expect(tries.length).toBeLessThanOrEqual(13)
    authority.says = always('ok')
    authority.asked.length = 0
    await gateway.clock.pass(5000)
    expect(authority.asked.map(({ number }) => number).sort()).toEqual(
      Array.from({ length: 40 }, (_, index) => queryOf(index + 1).number).sort(),
    )
  })

  it('new queries are parked without waiting for it', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    await gateway.postOne(queryOf(1))
    const asked = authority.asked.length
    for (let count = 2; count < 20; count++) await gateway.postOne(queryOf(count))
    expect(authority.asked).toHaveLength(asked)
  })

  it('the next source is asked', async () => {
    const gateway = await testGateway({ sources: [testSource(down), testSource(always('ok'), 'authority', 'demo')] })
    expect(await gateway.postOne(queryOf(1))).toMatchObject({
      state: 'answered',
      answer: { sources: [{ id: 'registry' }, { id: 'demo' }] },
    })
  })

  it('a dozen probes spend none of the five looks', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    await gateway.postOne(queryOf(1))
    await gateway.clock.pass(60_000)
    expect(authority.asked.length).toBeGreaterThan(10)
    authority.says = always('ok')
    await gateway.clock.pass(5000)
    expect(await gateway.summary(idOf(1))).toMatchObject({ state: 'answered' })
  })

  it('the wait that devices are told is spread, and grows with the outage', async () => {
    const gateway = await testGateway({ sources: [testSource(down)] })
    const results = []
    for (let count = 1; count <= 20; count++) results.push(await gateway.postOne(queryOf(count)))
    const waits = results.map((one) => (one.state === 'parked' ? one.retryAfter : 0))
    expect(new Set(waits).size).toBeGreaterThan(3)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5)
    await gateway.clock.leap(hour)
    expect((await gateway.summary(idOf(1))).retryAfter).toBeGreaterThanOrEqual(900)
  })
})

describe('a poison question, which the source never answers', () => {
  it('does not hold up the others, and is tried again', async () => {
    const poison = queryOf(1)
    const hangs = new Promise<never>(() => undefined)
    const authority = testSource((elements) => (elements.number === poison.number ? hangs : Promise.resolve({ outcome: 'ok', asOf: null })))
    const works = authority.says
    authority.says = down
    const gateway = await testGateway({ sources: [authority] })
    for (let count = 1; count <= 50; count++) await gateway.postOne(queryOf(count))
    authority.says = works
    await gateway.clock.pass(30_000)
    const states = await Promise.all(Array.from({ length: 50 }, async (_, index) => (await gateway.summary(idOf(index + 1))).state))
    expect(states.filter((state) => state === 'parked')).toHaveLength(1)
    expect(await gateway.summary(poison.id)).toMatchObject({ state: 'parked', reason: 'source-down' })

    const tries = () => authority.asked.filter(({ number }) => number === poison.number).length
    const before = tries()
    await gateway.clock.pass(5 * 60_000)
    expect(tries() - before).toBeGreaterThanOrEqual(3)
    expect(tries() - before).toBeLessThanOrEqual(60)
    authority.says = always('ok')
    await gateway.clock.pass(90_000)
    expect(await gateway.summary(poison.id)).toMatchObject({ state: 'answered' })
  })
})

describe('a source that gives no answer in time', () => {
  it('lets the query be parked within five seconds', async () => {
    const authority = testSource(
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    )
    const gateway = await testGateway({ sources: [authority] })
    const begun = gateway.clock.now()
    const posted = gateway.postOne(queryOf(1)).then((result) => ({ result, took: gateway.clock.now() - begun }))
    await gateway.clock.pass(5000)
    const { result, took } = await posted
    expect(result).toMatchObject({ state: 'parked', reason: 'source-down' })
    expect(took).toBeLessThan(5000)
  })

  it('even if it does not heed that it should stop, and others are behind it', async () => {
    const sources = (['simulated', 'demo'] as const).map((id) => testSource(() => new Promise(() => undefined), 'authority', id))
    const gateway = await testGateway({ sources })
    const begun = gateway.clock.now()
    const posted = gateway.postOne(queryOf(1)).then((result) => ({ result, took: gateway.clock.now() - begun }))
    await gateway.clock.pass(8500)
    expect(await posted).toMatchObject({ result: { state: 'parked' } })
    expect((await posted).took).toBeLessThan(5000)
  })
})

describe('what is not yet an answer', () => {
  it('not found, issued today: asked again on the next morning', async () => {
    const authority = testSource(always('not-found'))
    const gateway = await testGateway({ sources: [authority] })
    const fresh = queryOf(1, { issuedOn: '2026-11-24' })
    expect(await gateway.postOne(fresh)).toMatchObject({ state: 'parked', reason: 'not-yet-visible' })
    authority.says = always('ok')
    await gateway.clock.leap(22 * hour) // 08:00 in Shanghai
    expect(authority.asked).toHaveLength(1)
    await gateway.clock.leap(2 * hour)
    expect(await gateway.summary(fresh.id)).toMatchObject({ verdict: 'confirmed' })
  })

  it('not found, older: final only after a second look on another day, and both looks are told', async () => {
    const authority = testSource(always('not-found'))
    const gateway = await testGateway({ sources: [authority] })
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ state: 'parked', reason: 'second-look' })
    await gateway.clock.leap(24 * hour)
    const posted = gateway.postOne(queryOf(1))
    await gateway.clock.pass(1000)
    const final = await posted
    expect(final.state === 'answered' && [final.answer.verdict, ...final.answer.sources.map((one) => one.outcome)]).toEqual([
      'not-found',
      'not-found',
      'no-record',
      'not-found',
    ])
  })

  it('not found by one source: another source of the authority gives the second look at once', async () => {
    const sources = [testSource(always('not-found')), testSource(always('not-found'), 'authority', 'demo')]
    const gateway = await testGateway({ sources })
    const posted = gateway.postOne(queryOf(1))
    await gateway.clock.pass(1000)
    expect(await posted).toMatchObject({ answer: { verdict: 'not-found' } })
  })

  it('the sixth look of a day waits for the next one, also across networks and elements', async () => {
    const authority = testSource(always('mismatch'))
    const gateway = await testGateway({ sources: [authority] })
    for (let count = 1; count <= 6; count++) {
      const posted = gateway.postFrom(`198.51.${count}.1`, queryOf(1, { id: idOf(count), amount: `${count}.00` }))
      await gateway.clock.pass(1000)
      expect((await posted)[0]?.state).toBe(count <= 5 ? 'answered' : 'parked')
    }
    expect(await gateway.summary(idOf(6))).toMatchObject({ reason: 'daily-limit' })
    await gateway.clock.leap(24 * hour)
    expect(await gateway.summary(idOf(6))).toMatchObject({ state: 'answered' })
  })

  it('the look of the day is spent before a new start of the gateway, too', async () => {
    const data = testDirectory()
    const clock = testClock()
    const authority = testSource(always('mismatch'))
    const first = await testGateway({ sources: [authority], data, clock })
    for (let count = 1; count <= 5; count++) {
      const posted = first.postFrom(`198.51.${count}.1`, queryOf(1, { id: idOf(count), amount: `${count}.00` }))
      await clock.pass(1000)
      await posted
    }
    await first.gateway.stop()
    const second = await testGateway({ sources: [authority], data, clock })
    expect(await second.postOne(queryOf(1, { id: idOf(6) }))).toMatchObject({ state: 'parked', reason: 'daily-limit' })
  })
})

describe('a source with a fault that the operator must mend', () => {
  it('is not asked again, and the query waits', async () => {
    const authority = testSource(always('operator-fault'))
    const gateway = await testGateway({ sources: [authority] })
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ state: 'parked', reason: 'source-down' })
    await gateway.clock.leap(hour)
    expect(authority.asked).toHaveLength(1)
  })
})

describe('a new start', () => {
  it('asks what was parked, each once, and hands out the answer under the same id', async () => {
    const data = testDirectory()
    const clock = testClock()
    const authority = testSource(down)
    const first = await testGateway({ sources: [authority], data, clock })
    for (let count = 1; count <= 30; count++) await first.postOne(queryOf(count))
    await first.gateway.stop()

    authority.says = always('ok')
    authority.asked.length = 0
    const second = await testGateway({ sources: [authority], data, clock })
    await clock.pass(10)
    expect(authority.asked).toHaveLength(30)
    expect(await second.postOne(queryOf(7))).toMatchObject({ state: 'answered', answer: { verdict: 'confirmed' } })
    expect(authority.asked).toHaveLength(30)
  })

  it('without the source that a query waited for lets the others decide', async () => {
    const data = testDirectory()
    const clock = testClock()
    const first = await testGateway({ sources: [testSource(down)], data, clock })
    await first.postOne(queryOf(1))
    await first.gateway.stop()
    const second = await testGateway({ data, clock })
    await clock.pass(10)
    expect(await second.summary(idOf(1))).toMatchObject({ verdict: 'cannot-be-checked' })
  })

  it('beside a gateway that runs on the same data is refused', async () => {
    const data = testDirectory()
    await testGateway({ data })
    await expect(testGateway({ data })).rejects.toThrow('Another gateway')
  })

  it('under other keys is refused', async () => {
    const data = testDirectory()
    const first = await testGateway({ data })
    await first.gateway.stop()
    await expect(testGateway({ data, env: { PIAOZAI_KEYS: 'A'.repeat(43) } })).rejects.toThrow('other keys')
  })
})
