import { describe, expect, it } from 'vitest'
import { csvOf, idOf, numberOf, queryOf, rowOf } from './kit/fixtures.ts'
import { settled } from './kit/clock.ts'
import { testGateway, type TestGateway } from './kit/gateway.ts'
import { always, testSource } from './kit/source.ts'
import type { QueryResult } from '../../src/api/index.ts'

const verdictOf = (result: QueryResult) => (result.state === 'answered' ? result.answer.verdict : result.state)

/** Posts while time passes, for answers that take some. */
async function postSlowly(gateway: TestGateway, ms: number, ...queries: object[]): Promise<QueryResult[]> {
  const posted = gateway.post(...queries)
  await gateway.clock.pass(ms)
  return posted
}

describe('the registry answers first', () => {
  it('confirms an invoice whose elements all match, with its record', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([rowOf(1)]))
    const result = await gateway.postOne(queryOf(1))
    expect(result).toMatchObject({
      state: 'answered',
      answer: { verdict: 'confirmed', invoice: { seller: { name: 'SELLER-1' } }, provenance: { 'seller.name': 'registry' } },
    })
  })

  it('tells its state', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([rowOf(1, 'voided'), rowOf(2, 'red-flushed')]))
    expect((await gateway.post(queryOf(1), queryOf(2))).map(verdictOf)).toEqual(['voided', 'red-flushed'])
  })

  it('says mismatch when an element differs, for good, and not which', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([rowOf(1)]))
    const [byAmount, byDate] = await postSlowly(
      gateway,
      300,
      queryOf(1, { amount: '107.00' }),
      queryOf(1, { id: idOf(2), issuedOn: '2026-09-25' }),
    )
    const answer = (result: QueryResult | undefined) => (result?.state === 'answered' ? result.answer : undefined)
    expect(answer(byAmount)).toMatchObject({ verdict: 'mismatch' })
    expect(Object.keys(answer(byAmount) ?? {})).not.toContain('invoice')
    // What was asked stands in the receipt, and so differs; what it says of it does not (receipts.test.ts).
    const bare = (result: QueryResult | undefined) => ({ ...answer(result), answeredAt: '', receipt: '' })
    expect(bare(byAmount)).toEqual(bare(byDate))
  })

  it('has nothing to say when an element that was asked is not in its record', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([`digital-ordinary,,${numberOf(1)},2026-09-24,,,,,S,,B,,normal`]))
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ answer: { verdict: 'cannot-be-checked' } })
  })

  it('compares the last six of the check code for kinds that are verified by it', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf(['vat-e-ordinary,011002000111,12345678,2026-09-24,1.00,0.06,1.06,11112222333344445555,S,,B,,normal']))
    const query = { kind: 'vat-e-ordinary', code: '011002000111', number: '12345678', issuedOn: '2026-09-24' }
    const [right, wrong] = await postSlowly(
      gateway,
      300,
      { id: idOf(1), ...query, checkCode: '445555' },
      { id: idOf(2), ...query, checkCode: '445556' },
    )
    expect([right, wrong].map((result) => result && verdictOf(result))).toEqual(['confirmed', 'mismatch'])
  })

  it('still knows an invoice of more than five years ago; without a record it is out of range, and no look is spent', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    const old = { issuedOn: '2020-01-02' }
    await gateway.importCsv(csvOf([rowOf(1).replace('2026-09-24', '2020-01-02')]))
    expect((await gateway.post(queryOf(1, old), queryOf(2, old))).map(verdictOf)).toEqual(['confirmed', 'out-of-range'])
    expect(authority.asked).toEqual([])
  })
})

describe('with only the registry', () => {
  it('an unknown number cannot be checked: it is never "not found"', async () => {
    const gateway = await testGateway()
    expect(await gateway.postOne(queryOf(1))).toMatchObject({
      state: 'answered',
      answer: { verdict: 'cannot-be-checked', detail: 'no-authority-source' },
    })
  })

  it('a kind that nobody checks says so', async () => {
    const gateway = await testGateway()
    const [taxi] = await gateway.post({ id: idOf(1), kind: 'taxi', number: '12345678', issuedOn: '2026-09-24' })
    expect(taxi).toMatchObject({ state: 'answered', answer: { verdict: 'cannot-be-checked', detail: 'kind-not-checkable' } })
  })
})

describe('the authority', () => {
  it.each([
    ['ok', 'confirmed'],
    ['voided', 'voided'],
    ['red-flushed-part', 'red-flushed'],
    ['mismatch', 'mismatch'],
    ['out-of-range', 'out-of-range'],
  ] as const)('that says %s gives the answer %s', async (outcome, verdict) => {
    const gateway = await testGateway({ sources: [testSource(always(outcome))] })
    const [result] = await postSlowly(gateway, 300, queryOf(1))
    expect(result && verdictOf(result)).toBe(verdict)
  })

  it('that does not know the kind leaves it to the next source', async () => {
    const sources = [testSource(always('unsupported')), testSource(always('ok'), 'peer', 'demo')]
    const gateway = await testGateway({ sources })
    expect(verdictOf(await gateway.postOne(queryOf(1)))).toBe('confirmed')
  })

  it('that is the only one and does not know the kind makes it one that cannot be checked here', async () => {
    const gateway = await testGateway({ sources: [testSource(always('unsupported'))] })
    expect(await gateway.postOne(queryOf(1))).toMatchObject({ answer: { verdict: 'cannot-be-checked', detail: 'kind-not-supported' } })
  })

  it('is the only one that may say that there is no such invoice', async () => {
    const gateway = await testGateway({ sources: [testSource(always('not-found'), 'peer')] })
    expect(verdictOf(await gateway.postOne(queryOf(1)))).toBe('cannot-be-checked')
  })

  it('sends no record along with a mismatch, whatever the source does', async () => {
    const source = testSource(always('ok'))
    const gateway = await testGateway({ sources: [source] })
    const confirmed = await gateway.postOne(queryOf(1))
    expect(confirmed.state).toBe('answered')
    source.says = async () => ({
      outcome: 'mismatch',
      asOf: null,
      invoice: (await import('../../src/domain/index.ts')).emptyInvoice('toll'),
    })
    const [result] = await postSlowly(gateway, 300, queryOf(2))
    expect(result?.state === 'answered' && 'invoice' in result.answer).toBe(false)
  })
})

describe('asking twice', () => {
  it('under one id replays the stored answer, word for word, and asks nobody', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    const first = await gateway.postOne(queryOf(1))
    await gateway.clock.leap(40 * 3_600_000)
    expect(await gateway.postOne(queryOf(1))).toEqual(first)
    expect(authority.asked).toHaveLength(1)
  })

  it('under one id with other elements is refused, and nothing is disclosed', async () => {
    const gateway = await testGateway({ sources: [testSource(always('ok'))] })
    await gateway.postOne(queryOf(1))
    const reused = await gateway.postOne(queryOf(1, { amount: '1.00' }))
    expect(reused).toEqual({ id: idOf(1), state: 'refused', problem: expect.objectContaining({ code: 'query-id-reused' }) as unknown })
    expect(JSON.stringify(reused)).not.toContain('confirmed')
  })

  it('in one batch under one id is one query', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    const results = await gateway.post(queryOf(1), queryOf(1), queryOf(1, { amount: '1.00' }))
    expect(results.map((one) => one.state)).toEqual(['answered', 'answered', 'refused'])
    expect(authority.asked).toHaveLength(1)
  })

  it('at the same time, a hundred devices with the same elements, costs one call', async () => {
    const authority = testSource(always('ok'))
    let release = () => undefined as void
    const open = new Promise<void>((resolve) => (release = resolve))
    authority.says = () => open.then(() => ({ outcome: 'ok', asOf: null }))
    const gateway = await testGateway({ sources: [authority] })
    const all = Promise.all(Array.from({ length: 100 }, (_, index) => gateway.postOne(queryOf(1, { id: idOf(index) }))))
    await settled()
    release()
    expect(new Set((await all).map(verdictOf))).toEqual(new Set(['confirmed']))
    expect(authority.asked).toHaveLength(1)
  })

  it('within 24 hours for the same elements uses the confirmed answer again, with its own age', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    const first = await gateway.postOne(queryOf(1))
    await gateway.clock.leap(23 * 3_600_000)
    const second = await gateway.postOne(queryOf(1, { id: idOf(2) }))
    expect({ ...second, id: first.id }).toEqual(first)
    await gateway.clock.leap(2 * 3_600_000)
    await gateway.postOne(queryOf(1, { id: idOf(3) }))
    expect(authority.asked).toHaveLength(2)
  })

  it('with force asks anew', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    await gateway.postOne(queryOf(1))
    await gateway.postOne(queryOf(1, { id: idOf(2), force: true }))
    expect(authority.asked).toHaveLength(2)
  })

  it('other elements of the same invoice are another question', async () => {
    const authority = testSource(always('ok'))
    const gateway = await testGateway({ sources: [authority] })
    await gateway.post(queryOf(1), queryOf(1, { id: idOf(2), amount: '107.00' }))
    expect(authority.asked).toHaveLength(2)
  })
})

describe('what is told', () => {
  it('by id alone is the state and the verdict, never the invoice', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([rowOf(1)]))
    await gateway.postOne(queryOf(1))
    const text = await (await gateway.fetch(`/api/v1/queries/${idOf(1)}`)).text()
    expect(Object.keys(JSON.parse(text) as object).sort()).toEqual(['answeredAt', 'id', 'receivedAt', 'state', 'verdict'])
    for (const secret of ['SELLER', 'BUYER', numberOf(1), '106.00']) expect(text).not.toContain(secret)
  })

  it('of an unknown id is that it is not known', async () => {
    const gateway = await testGateway()
    const response = await gateway.fetch(`/api/v1/queries/${idOf(9)}`)
    expect([response.status, await response.json()]).toEqual([404, expect.objectContaining({ code: 'query-unknown' })])
  })

  it.each(['mismatch', 'out-of-range'] as const)('for %s comes after the least time that hides nothing else', async (outcome) => {
    const gateway = await testGateway({ sources: [testSource(always(outcome))] })
    let done = false
    const posted = gateway.postOne(queryOf(1)).then(() => (done = true))
    await gateway.clock.pass(100)
    expect(done).toBe(outcome !== 'mismatch')
    await gateway.clock.pass(200)
    await posted
  })
})

describe('a batch', () => {
  it('keeps its order, and one bad query does not spoil the others', async () => {
    const gateway = await testGateway()
    await gateway.importCsv(csvOf([rowOf(1)]))
    const results = await gateway.post(
      { id: 'nonsense' },
      queryOf(1),
      { ...queryOf(2), amount: undefined },
      { ...queryOf(3), amount: 'much' },
      queryOf(4),
    )
    expect(results.map((one) => (one.state === 'refused' ? one.problem.code : verdictOf(one)))).toEqual([
      'query-id-invalid',
      'confirmed',
      'elements-missing',
      'query-invalid',
      'cannot-be-checked',
    ])
    expect(JSON.stringify(results)).not.toContain('much')
  })
})
