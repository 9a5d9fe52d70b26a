import { describe, expect, it } from 'vitest'
import { idOf } from '../kit/fixtures.ts'
import { testGateway } from '../kit/gateway.ts'

/** A number of region 00 that ends in a digit. */
const demo = (digit: number) => ({
  id: idOf(digit),
  kind: 'digital-ordinary',
  number: `2600200000000000002${digit}`,
  issuedOn: '2026-09-24',
  amount: '106.00',
})

describe('the demonstration source', () => {
  it('shows every kind of answer, by the last digit of the number', async () => {
    const { post, clock } = await testGateway({ env: { PIAOZAI_SOURCES: 'registry,demo' } })
    const posted = post(...Array.from({ length: 10 }, (_, digit) => demo(digit)))
    await clock.pass(300)
    const results = await posted
    expect(results.map((one) => (one.state === 'answered' ? one.answer.verdict : one.state === 'parked' ? one.reason : one.state))).toEqual(
      ['confirmed', 'confirmed', 'confirmed', 'confirmed', 'voided', 'red-flushed', 'red-flushed', 'mismatch', 'not-found', 'daily-limit'],
    )
    for (const one of results) {
      if (one.state !== 'answered') continue
      expect(one.answer.sources.at(-1)?.class).toBe('demo')
      if (one.answer.invoice) expect(one.answer.invoice.seller.name).toMatch(/^演示/)
    }
  })

  it('has invoices whose sums are right', async () => {
    const { postOne } = await testGateway({ env: { PIAOZAI_SOURCES: 'demo' } })
    const result = await postOne(demo(1))
    expect(result.state === 'answered' && result.answer.invoice).toMatchObject({ amountExTax: '100.00', tax: '6.00', amount: '106.00' })
  })

  it('says nothing about a number that a real invoice could have', async () => {
    const { postOne } = await testGateway({ env: { PIAOZAI_SOURCES: 'demo' } })
    expect(await postOne({ ...demo(1), number: '26112000000000000021' })).toMatchObject({ answer: { verdict: 'cannot-be-checked' } })
  })
})
