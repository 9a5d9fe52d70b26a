import { describe, expect, it } from 'vitest'
import { emptyInvoice, type Invoice, type Line } from '../../../src/domain/index.ts'
import { combine, type SourceRecord } from '../../../src/server/query/records.ts'
import { csvHeader, csvOf, numberOf, queryOf } from '../kit/fixtures.ts'
import { testGateway } from '../kit/gateway.ts'
import { testSource } from '../kit/source.ts'

const line: Line = { name: '餐费', spec: null, unit: null, quantity: '1', unitPrice: null, amount: 10_000, taxRate: '6%', tax: 600 }
const nobody = { name: null, taxId: null }
const whole: Invoice = {
  ...emptyInvoice('digital-ordinary'),
  number: '26112000000000000001',
  issuedOn: '2026-09-24',
  amountExTax: 10_000,
  tax: 600,
  amount: 10_600,
  seller: { name: '演示销售方', taxId: '91110000000000000X' },
  buyer: { name: '演示购买方', taxId: null },
  lines: [line],
}
const from = (source: string, more: Partial<Invoice> = {}, by: SourceRecord['class'] = 'authority'): SourceRecord => ({
  source,
  class: by,
  invoice: { ...whole, ...more },
})

describe('one record out of several', () => {
  it('of one source is that source’s, field by field', () => {
    const record = combine(from('tencent'), [])
    expect(record).toEqual({
      invoice: whole,
      provenance: Object.fromEntries(
        ['kind', 'number', 'issuedOn', 'amountExTax', 'tax', 'amount', 'seller.name', 'seller.taxId', 'buyer.name', 'lines'].map(
          (field) => [field, 'tencent'],
        ),
      ),
    })
  })

  it('has its gaps filled by others, each field with its source', () => {
    const { invoice, provenance, conflicts, missing } = combine(from('tencent', { lines: [], buyer: nobody }), [
      from('registry', { seller: nobody }, 'registry'),
      from('peer:north', {}, 'peer'),
    ])
    expect(invoice).toEqual(whole)
    expect(provenance).toMatchObject({ 'seller.name': 'tencent', 'buyer.name': 'registry', lines: 'registry' })
    expect([conflicts, missing]).toEqual([undefined, undefined])
  })

  it('shows what its sources disagree on, and keeps what the one that decided says', () => {
    const { invoice, conflicts } = combine(from('tencent'), [
      from('registry', { seller: { name: '别的公司', taxId: null }, tax: 601 }, 'registry'),
    ])
    expect(invoice).toEqual(whole)
    expect(conflicts).toEqual([
      { field: 'tax', kept: '600', keptFrom: 'tencent', other: '601', otherFrom: 'registry' },
      { field: 'seller.name', kept: '演示销售方', keptFrom: 'tencent', other: '别的公司', otherFrom: 'registry' },
    ])
  })

  it('names what none of its sources knew', () => {
    const { missing } = combine(from('tencent', { lines: [], buyer: nobody }), [
      from('registry', { lines: [], tax: null, buyer: nobody }, 'registry'),
    ])
    expect(missing).toEqual({ fields: ['buyer.name', 'lines'], sources: ['tencent', 'registry'] })
  })

  it('misses no goods lines on a ticket, and no tax on a 财政 bill', () => {
    expect(combine(from('a', { kind: 'rail', lines: [] }), []).missing).toBeUndefined()
    expect(
      combine(from('a', { kind: 'fiscal', lines: [], tax: null, amountExTax: null, seller: { name: '医院', taxId: null } }), []).missing,
    ).toBeUndefined()
  })

  it('never mixes invented data with others', () => {
    expect(combine(from('tencent', { lines: [] }), [from('demo', {}, 'demo')]).invoice?.lines).toEqual([])
    expect(combine(from('demo', { lines: [] }, 'demo'), [from('registry', {}, 'registry')]).invoice?.lines).toEqual([])
  })

  it('keeps the source that a peer named for a field', () => {
    const peer: SourceRecord = { ...from('peer:north', {}, 'peer'), provenance: { lines: 'peer:north/tencent' } }
    expect(combine(peer, []).provenance).toMatchObject({ lines: 'peer:north/tencent', amount: 'peer:north' })
  })
})

describe('an answer of the authority', () => {
  /** The registry knows the invoice, but not its amount, so it cannot say that it matches. */
  const registry = csvOf([
    `digital-ordinary,,${numberOf(1)},2026-09-24,,,,,演示销售方,,演示购买方,,normal,"[{""name"":""餐费"",""spec"":null,""unit"":null,""quantity"":""1"",""unitPrice"":null,""amount"":""100.00"",""taxRate"":""6%"",""tax"":""6.00""}]"`,
  ]).replace(csvHeader, `${csvHeader},lines`)
  const bare = { ...emptyInvoice('digital-ordinary'), number: numberOf(1), issuedOn: '2026-09-24', amount: 10_600 }

  it('is completed by what the registry has, and says whose each field is and what is still missing', async () => {
    const gateway = await testGateway({ sources: [testSource(() => Promise.resolve({ outcome: 'ok', asOf: null, invoice: bare }))] })
    await gateway.importCsv(registry)
    expect(await gateway.postOne(queryOf(1))).toMatchObject({
      answer: {
        verdict: 'confirmed',
        invoice: { amount: '106.00', seller: { name: '演示销售方' }, lines: [{ name: '餐费' }] },
        provenance: { amount: 'simulated', 'seller.name': 'registry', lines: 'registry' },
        completeness: { missing: ['amountExTax', 'tax', 'seller.taxId'], sources: ['simulated', 'registry'] },
        sources: [
          { id: 'registry', outcome: 'no-record' },
          { id: 'simulated', outcome: 'ok' },
        ],
      },
    })
  })

  it('that is no match tells nothing of what the registry has', async () => {
    const gateway = await testGateway({ sources: [testSource(() => Promise.resolve({ outcome: 'mismatch', asOf: null, invoice: bare }))] })
    await gateway.importCsv(registry)
    const posted = gateway.postOne(queryOf(1))
    await gateway.clock.pass(1000)
    const result = await posted
    expect(result.state === 'answered' && Object.keys(result.answer).sort()).toEqual([
      'answeredAt',
      'asOf',
      'receipt',
      'sources',
      'verdict',
    ])
    expect(JSON.stringify(result)).not.toMatch(/演示|餐费/)
  })
})
