import Database from 'better-sqlite3'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { QueryResult } from '../../src/api/index.ts'
import { idOf, queryOf } from './kit/fixtures.ts'
import { testDirectory, testGateway, type TestGateway } from './kit/gateway.ts'
import { always, down, testSource, type TestSource } from './kit/source.ts'

const hour = 3_600_000
const guesser = '198.51.1.1'
const holder = '198.51.2.2'

/** Whatever is said to come to 1.00 comes to something else. */
const knows: TestSource['says'] = ({ amount }) => Promise.resolve({ outcome: amount === 100 ? 'mismatch' : 'ok', asOf: null })
const wrongly = (count: number) => queryOf(count, { amount: '1.00' })

async function post(gateway: TestGateway, address: string, ...queries: object[]): Promise<QueryResult[]> {
  const posted = gateway.postFrom(address, ...queries)
  await gateway.clock.pass(500)
  return posted
}

/** What everybody who asks by id is told. */
async function states(gateway: TestGateway, ids: readonly number[]) {
  const all = await Promise.all(ids.map((id) => gateway.summary(idOf(id))))
  return all.map(({ state, verdict }) => verdict ?? state)
}

/** A gateway whose authority is away, at which somebody has parked more guesses than are granted. */
async function withGuesses() {
  const authority = testSource(down)
  const gateway = await testGateway({ sources: [authority] })
  for (let id = 900; id < 910; id++) await post(gateway, guesser, wrongly(id))
  return { gateway, authority }
}

describe('what a guesser has parked', () => {
  it('is told by its id and to whoever brings it again, until its tries are forgotten', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    for (let id = 1; id <= 20; id++) await post(gateway, guesser, queryOf(id))
    authority.says = always('mismatch')
    await gateway.clock.pass(60_000)
    const ids = Array.from({ length: 20 }, (_, index) => index + 1)
    const told = await states(gateway, ids)
    // Without a device its network is one.
    expect([told.filter((state) => state === 'mismatch').length, told.filter((state) => state === 'refused').length]).toEqual([8, 12])
    expect(authority.asked.length).toBeLessThan(20)

    const ended = told.indexOf('refused') + 1
    const summary = await gateway.summary(idOf(ended))
    expect(summary).toMatchObject({ state: 'refused', receivedAt: expect.any(String) as string })
    expect(summary.retryAfter).toBeGreaterThan(24 * 3600)
    expect(summary.retryAfter).toBeLessThan(49 * 3600)
    const [again, fresh] = await post(gateway, guesser, queryOf(ended), queryOf(99))
    expect(again).toMatchObject({ state: 'refused', problem: { code: 'rate-limited' } })
    expect(again?.state === 'refused' && again.problem.retryAfter).toBeGreaterThan(24 * 3600)
    expect(fresh).toMatchObject({ state: 'refused', problem: { code: 'rate-limited' } })
    expect(fresh?.state === 'refused' && fresh.problem.retryAfter).toBeGreaterThanOrEqual(3600)
    expect(await post(gateway, holder, { ...queryOf(98), id: idOf(ended) })).toMatchObject([{ problem: { code: 'query-id-reused' } }])

    authority.says = always('ok')
    await gateway.clock.leap((summary.retryAfter ?? 0) * 1000)
    expect(await post(gateway, guesser, queryOf(ended))).toMatchObject([{ state: 'answered', answer: { verdict: 'confirmed' } }])
  })

  it('stays limited however long the outage was', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority], env: { PIAOZAI_PROBE_SECONDS: '3600' } })
    for (let id = 1; id <= 40; id++) await post(gateway, guesser, queryOf(id))
    for (let day = 0; day < 10; day++) await gateway.clock.leap(24 * hour)
    authority.says = always('mismatch')
    authority.asked.length = 0
    await gateway.clock.leap(2 * hour)
    await gateway.clock.pass(60_000)
    expect(authority.asked.length).toBeLessThanOrEqual(8)
    const told = await states(
      gateway,
      Array.from({ length: 40 }, (_, index) => index + 1),
    )
    expect(told.filter((state) => state === 'refused')).toHaveLength(32)
  })

  it('stays limited through a new start', async () => {
    const data = testDirectory()
    const authority = testSource(down)
    const first = await testGateway({ sources: [authority], data })
    for (let id = 1; id <= 30; id++) await post(first, guesser, queryOf(id))
    await first.clock.leap(72 * hour)
    await first.gateway.stop()
    authority.says = always('mismatch')
    authority.asked.length = 0
    const second = await testGateway({ sources: [authority], data, clock: first.clock })
    await second.clock.pass(60_000)
    expect(authority.asked.length).toBeLessThanOrEqual(8)
  })
})

describe('somebody who asks the same as a guesser', () => {
  it.each([
    ['after', [guesser, holder]],
    ['before', [holder, guesser]],
  ])('%s it was parked gets the answer, and the guesser hears nothing of it', async (_, order) => {
    const { gateway, authority } = await withGuesses()
    for (const address of order) await post(gateway, address, queryOf(1, { id: idOf(address === holder ? 2 : 3) }))
    authority.says = knows
    authority.asked.length = 0
    await gateway.clock.pass(60_000)
    expect(await states(gateway, [2, 3])).toEqual(['confirmed', 'refused'])
    expect(authority.asked.filter(({ number }) => number === queryOf(1).number)).toHaveLength(1)
  })

  it('whose turn is early takes nobody along: who guesses learns what their own tries are enough for', async () => {
    const authority = testSource(down)
    const gateway = await testGateway({ sources: [authority] })
    // Among hundreds of guesses at as many invoices, in a network, from device to device, are those that are right.
    const right = Array.from({ length: 5 }, (_, index) => 20 + index)
    for (const id of right) await post(gateway, holder, queryOf(id))
    const device = (one: number) => ({ 'Content-Type': 'application/json', 'Piaozai-Device': String(one).padStart(22, 'A') })
    for (let id = 1; id <= 40; id++) {
      const isRight = right.includes(id)
      const queries = [queryOf(id, { id: idOf(500 + id), ...(!isRight && { amount: '1.00' }) })]
      const posted = gateway.fetch('/api/v1/queries', { method: 'POST', headers: device(id), body: JSON.stringify({ queries }) }, guesser)
      await gateway.clock.pass(200)
      await posted
    }
    authority.says = knows
    await gateway.clock.pass(60_000)
    expect(await states(gateway, right)).toEqual(right.map(() => 'confirmed'))
    const learned = await states(
      gateway,
      right.map((id) => 500 + id),
    )
    expect(learned).toEqual(right.map(() => 'refused'))
  })

  it('costs one call for all of them, online and after an outage, whoever they are', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    const all = (from: number) =>
      Array.from({ length: 20 }, (_, index) => gateway.postFrom(`203.0.${from + index}.1`, queryOf(1, { id: idOf(from + index) })))
    const online = all(1)
    await gateway.clock.pass(500)
    expect(new Set((await Promise.all(online)).flat().map(({ state }) => state))).toEqual(new Set(['answered']))
    expect(authority.asked).toHaveLength(1)
    authority.says = down
    await gateway.clock.leap(25 * hour)
    const parked = all(100)
    await gateway.clock.pass(500)
    await Promise.all(parked)
    authority.says = always('ok')
    authority.asked.length = 0
    await gateway.clock.pass(30_000)
    expect(
      new Set(
        await states(
          gateway,
          Array.from({ length: 20 }, (_, index) => 100 + index),
        ),
      ),
    ).toEqual(new Set(['confirmed']))
    expect(authority.asked).toHaveLength(1)
  })
})

describe('what others had confirmed', () => {
  const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

  /** A gateway whose authority has confirmed one invoice to somebody, and then went away. */
  async function withConfirmed() {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority], more: { networkRate: { perMinute: 600, burst: 600 } } })
    await post(gateway, holder, queryOf(1))
    authority.says = down
    return { gateway, authority }
  }
  const right = (id: number) => ({ ...queryOf(1), id: idOf(id) })
  const wrong = (id: number) => ({ ...queryOf(1, { amount: `${id}.50` }), id: idOf(id) })

  it('is told at once during an outage', async () => {
    const { gateway } = await withConfirmed()
    expect(await post(gateway, guesser, right(50))).toMatchObject([{ state: 'answered', answer: { verdict: 'confirmed' } }])
  })

  it('is not told so to a network that has sent many questions: it would see which of its guesses is right before one counts as wrong', async () => {
    const { gateway } = await withConfirmed()
    const [last] = (await post(gateway, guesser, ...range(100, 40).map(wrong), right(50))).slice(-1)
    expect(last).toMatchObject({ state: 'parked' })
    expect(await post(gateway, guesser, right(51))).toMatchObject([{ state: 'parked' }])
    expect(await post(gateway, '198.51.9.9', right(52))).toMatchObject([{ state: 'answered' }])
  })

  it('is told it again the day after, and bringing what waits counts once', async () => {
    const { gateway } = await withConfirmed()
    for (let time = 0; time < 5; time++) await post(gateway, guesser, ...range(100, 20).map(wrong))
    expect(await post(gateway, guesser, right(50))).toMatchObject([{ state: 'answered' }])
    await post(gateway, guesser, ...range(200, 10).map(wrong))
    expect(await post(gateway, guesser, right(51))).toMatchObject([{ state: 'parked' }])
    await gateway.clock.leap(20 * hour)
    expect(await post(gateway, guesser, right(52))).toMatchObject([{ state: 'answered' }])
  })
})

it('whose a query is stands sealed beside it, no two alike, and is gone when the query has ended', async () => {
  const data = testDirectory()
  const authority = testSource(down)
  const gateway = await testGateway({ sources: [authority], data })
  await post(gateway, guesser, queryOf(1), queryOf(2))
  const senders = () => {
    const db = new Database(join(data, 'piaozai.sqlite'), { readonly: true })
    const all = db.prepare('select sender from queries').pluck().all() as (Buffer | null)[]
    db.close()
    return all.map((one) => one?.toString('hex') ?? null)
  }
  const waiting = senders()
  expect(waiting).not.toContain(null)
  expect(new Set(waiting).size).toBe(2)
  authority.says = always('ok')
  await gateway.clock.pass(10_000)
  expect(senders()).toEqual([null, null])
})
