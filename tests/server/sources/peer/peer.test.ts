import { describe, expect, it } from 'vitest'
import type { QueryResult } from '../../../../src/api/index.ts'
import { csvOf, idOf, queryOf, rowOf } from '../../kit/fixtures.ts'
import { testClock, type TestClock } from '../../kit/clock.ts'
import { federation, type Federation } from '../../kit/federation.ts'
import { testGateway, type TestGateway } from '../../kit/gateway.ts'
import { always, down, testSource, type TestSource } from '../../kit/source.ts'

const north = 'https://north.example'
const south = 'https://south.example'
const hour = 3_600_000

interface Pair {
  readonly net: Federation
  readonly clock: TestClock
  /** Asks the other one. */
  readonly near: TestGateway
  readonly far: TestGateway
}

/** Two gateways; the near one has the far one as its peer. */
async function pair(farSources: readonly TestSource[] = [], more: { nearSources?: TestSource[]; mutual?: boolean } = {}): Promise<Pair> {
  const net = federation()
  const clock = testClock()
  const farEnv = more.mutual ? { PIAOZAI_SOURCES: 'registry,peer:south', PIAOZAI_PEERS: `south=${south}` } : {}
  const far = await testGateway({ sources: farSources, clock, egress: net.egress, env: farEnv })
  const env = { PIAOZAI_SOURCES: 'registry,peer:north', PIAOZAI_PEERS: `north=${north}` }
  const near = await testGateway({ sources: more.nearSources ?? [], clock, egress: net.egress, env })
  net.join(north, far)
  net.join(south, near)
  return { net, clock, near, far }
}

/** Asks while time goes on. */
async function ask({ near, clock }: Pair, query: object): Promise<QueryResult> {
  const posted = near.postOne(query)
  await clock.pass(1000)
  return posted
}

const told = (result: QueryResult) => (result.state === 'answered' ? result.answer : undefined)

describe('what another gateway knows', () => {
  it('from its own records is a peer’s, with the gateway named for the statement and for every field', async () => {
    const both = await pair()
    await both.far.importCsv(csvOf([rowOf(1)]))
    const asOf = new Date(both.clock.now()).toISOString()
    await both.clock.pass(hour)
    const answer = told(await ask(both, queryOf(1)))
    expect(answer).toMatchObject({
      verdict: 'confirmed',
      asOf,
      sources: [
        { id: 'registry', outcome: 'no-record' },
        { id: 'peer:north/registry', class: 'peer', outcome: 'ok', asOf },
      ],
      invoice: { seller: { name: 'SELLER-1' } },
      provenance: { 'seller.name': 'peer:north/registry', amount: 'peer:north/registry' },
    })
  })

  it('from the authority stays the authority’s', async () => {
    const answer = told(await ask(await pair([testSource(always('voided'))]), queryOf(1)))
    expect(answer).toMatchObject({
      verdict: 'voided',
      sources: [{}, { id: 'peer:north/registry', class: 'peer' }, { id: 'peer:north/simulated', class: 'authority' }],
    })
  })

  it('and has invented stays invented', async () => {
    const answer = told(await ask(await pair([testSource(always('ok'), 'demo', 'demo')]), queryOf(1)))
    expect(answer?.sources.at(-1)).toMatchObject({ id: 'peer:north/demo', class: 'demo' })
  })

  it('to differ is a mismatch, and which element differs is not told', async () => {
    const both = await pair()
    await both.far.importCsv(csvOf([rowOf(1)]))
    const answer = told(await ask(both, queryOf(1, { amount: '1.00' })))
    expect(answer).toMatchObject({ verdict: 'mismatch' })
    expect(answer && 'invoice' in answer).toBe(false)
  })

  it('is nothing: the next source is asked', async () => {
    const both = await pair([], { nearSources: [testSource(always('ok'))] })
    expect(told(await ask(both, queryOf(1)))).toMatchObject({
      verdict: 'confirmed',
      sources: [{}, { id: 'peer:north', outcome: 'no-record' }, { id: 'simulated' }],
    })
  })

  it('after two looks not to exist does not exist: it is not looked for twice again', async () => {
    const both = await pair([testSource(always('not-found')), testSource(always('not-found'), 'authority', 'tencent')])
    const answer = told(await ask(both, queryOf(1)))
    expect([answer?.verdict, answer?.sources.map(({ id, outcome }) => `${id} ${outcome}`)]).toEqual([
      'not-found',
      ['registry no-record', 'peer:north/registry no-record', 'peer:north/simulated not-found', 'peer:north/tencent not-found'],
    ])
  })
})

describe('what another gateway has parked', () => {
  it('is waited for, asked again under the same id, and answered once it is there', async () => {
    const authority = testSource(down)
    const both = await pair([authority])
    expect(await ask(both, queryOf(1))).toMatchObject({ state: 'parked', reason: 'source-down' })
    await both.clock.pass(5 * 60_000)
    authority.says = always('ok')
    for (let minute = 0; minute < 20; minute++) await both.clock.pass(60_000)
    expect(await both.near.summary(idOf(1))).toMatchObject({ state: 'answered', verdict: 'confirmed' })
    const posts = both.net.sent
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (JSON.parse(body ?? '') as { queries: { id: string }[] }).queries[0]?.id)
    expect(posts.length).toBeGreaterThan(1)
    expect(new Set(posts).size).toBe(1)
  })

  it('does not keep the next source from answering', async () => {
    const both = await pair([testSource(down)], { nearSources: [testSource(always('ok'), 'authority', 'tencent')] })
    expect(told(await ask(both, queryOf(1)))).toMatchObject({ verdict: 'confirmed', sources: [{}, { id: 'tencent' }] })
  })

  it('is heard of as soon as it is there, also while a source before it stays down', async () => {
    const far = testSource(down)
    const both = await pair([far])
    const { sourceSettings } = both.near.config
    const policy = new Map([['digital-ordinary', ['simulated', 'peer:north'] as const]] as const)
    const near = await testGateway({
      sources: [testSource(down)],
      clock: both.clock,
      egress: both.net.egress,
      more: { sources: ['peer:north'], sourceSettings: { ...sourceSettings, policy } },
    })
    // Many that wait for what is down: one of them is tried at a time.
    const many = Array.from({ length: 40 }, (_, count) => count)
    const posted = near.post(...many.map((count) => queryOf(count)))
    await both.clock.pass(60_000)
    await posted
    far.says = always('ok')
    await both.clock.pass(150_000)
    const states = await Promise.all(many.map(async (count) => (await near.summary(idOf(count))).state))
    expect(states).toEqual(many.map(() => 'answered'))
  })

  it('does not make it a source that is down', async () => {
    const both = await pair([testSource(down)])
    await ask(both, queryOf(1))
    const status = (await (await both.near.fetch('/api/v1/status')).json()) as { components: { id: string; state: string }[] }
    expect(status.components.find(({ id }) => id === 'peer:north')?.state).toBe('up')
  })

  it.each([
    ['not-found', 'not-yet-visible', { issuedOn: '2026-11-24' }],
    ['daily-limit', 'daily-limit', {}],
  ] as const)('because %s waits here for the same reason', async (outcome, reason, more) => {
    const both = await pair([testSource(always(outcome))])
    expect(await ask(both, queryOf(1, more))).toMatchObject({ state: 'parked', reason })
  })
})

describe('two gateways that ask one another', () => {
  it('do not run in circles: what was passed on is passed on no further', async () => {
    const both = await pair([], { mutual: true })
    expect(told(await ask(both, queryOf(1)))).toMatchObject({ verdict: 'cannot-be-checked' })
    const posts = both.net.sent.filter(({ method }) => method === 'POST')
    expect(posts).toMatchObject([{ url: `${north}/api/v1/queries`, headers: { 'Piaozai-Hops': '1' } }])
  })

  it('nor when it was parked in between', { timeout: 90_000 }, async () => {
    const authority = testSource(down)
    const both = await pair([authority], { mutual: true })
    await ask(both, queryOf(1))
    for (let minute = 0; minute < 30; minute++) await both.clock.pass(60_000)
    expect(both.net.sent.filter(({ url, method }) => url.startsWith(south) && method === 'POST')).toEqual([])
    authority.says = always('ok')
    for (let minute = 0; minute < 30; minute++) await both.clock.pass(60_000)
    expect(await both.near.summary(idOf(1))).toMatchObject({ verdict: 'confirmed' })
  })
})

describe('another gateway that is down, or no gateway at all', () => {
  it.each([
    ['503', () => ({ status: 503, body: '{"code":"stopping"}' })],
    ['another shape', () => ({ status: 200, body: '{"results":[{"state":"fine"}]}' })],
    [
      'the answer to another question',
      () => ({
        status: 200,
        body: JSON.stringify({ results: [{ id: idOf(9), state: 'parked', reason: 'source-down', ticket: 'T', retryAfter: 5 }] }),
      }),
    ],
    ['HTML', () => ({ status: 200, body: '<p>' })],
  ])('(%s) is a source that is down', async (_, reply) => {
    const env = { PIAOZAI_SOURCES: 'registry,peer:north', PIAOZAI_PEERS: `north=${north}` }
    const gateway = await testGateway({ env, egress: () => () => Promise.resolve(reply()) })
    const posted = gateway.postOne(queryOf(1))
    await gateway.clock.pass(1000)
    expect(await posted).toMatchObject({ state: 'parked', reason: 'source-down' })
  })

  it('that refuses the question leaves it to the next source', async () => {
    const env = { PIAOZAI_SOURCES: 'registry,peer:north', PIAOZAI_PEERS: `north=${north}` }
    const problem = { type: 'x', title: 'x', status: 422, code: 'elements-missing' }
    const gateway = await testGateway({
      env,
      sources: [testSource(always('ok'))],
      egress: () => (outgoing) => {
        const { queries } = JSON.parse(outgoing.body ?? '{"queries":[]}') as { queries: { id: string }[] }
        return Promise.resolve({
          status: 200,
          body: JSON.stringify({ results: queries.map(({ id }) => ({ id, state: 'refused', problem })) }),
        })
      },
    })
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ answer: { verdict: 'confirmed' } })
  })
})
