import { describe, expect, it } from 'vitest'
import { kindNames, outcomes, ruleOf, type Kind } from '../../../../src/domain/index.ts'
import { tencentErrors, tencentSource } from '../../../../src/server/sources/vendors/tencent.ts'
import { testClock } from '../../kit/clock.ts'
import { elements, json, never, testService } from './kit.ts'

const service = testService()
const key = { secretId: 'AKIDexample', secretKey: 'keyexample' }
const source = tencentSource({ key, send: service.send, clock: testClock('2026-11-24T02:00:00Z') })
const answers = (response: object, status = 200) => (service.answers = () => json({ Response: { RequestId: 'r', ...response } }, status))
const ask = (kind: Kind = 'digital-ordinary') => source.ask(elements(kind), never)

/** The shape of the documented answer, with invented values. */
const invoice = {
  Code: '',
  Number: '26112000000000000001',
  Date: '20260924',
  BuyerName: '演示购买方',
  BuyerTaxCode: '',
  SellerName: '演示销售方',
  SellerTaxCode: '91110000000000000X',
  Remark: '-',
  CheckCode: '',
  IsAbandoned: 'N',
  AmountWithoutTax: '100.00',
  TaxAmount: '6.00',
  AmountWithTax: '106.00',
  Items: [
    {
      LineNo: '1',
      Name: '*餐饮服务*餐费',
      Spec: '',
      Unit: '次',
      Quantity: '1',
      UnitPrice: '100.00',
      AmountWithoutTax: '100.00',
      TaxRate: '6%',
      TaxAmount: '6.00',
      TaxClassifyCode: '',
    },
  ],
}

describe('tencent is asked', () => {
  it('with a signed request that carries the elements and nothing else', async () => {
    answers({ Invoice: invoice })
    service.sent.length = 0
    await ask()
    expect(service.sent).toMatchObject([
      {
        method: 'POST',
        url: 'https://ocr.tencentcloudapi.com/',
        headers: { 'X-TC-Action': 'VatInvoiceVerifyNew', 'X-TC-Version': '2018-11-19', 'X-TC-Timestamp': '1795485600' },
      },
    ])
    expect(service.sent[0]?.headers['Authorization']).toMatch(
      /^TC3-HMAC-SHA256 Credential=AKIDexample\/2026-11-24\/ocr\/tc3_request, SignedHeaders=content-type;host, Signature=[0-9a-f]{64}$/,
    )
    expect(JSON.parse(service.sent[0]?.body ?? '')).toEqual({
      InvoiceNo: '26112000000000000001',
      InvoiceDate: '2026-09-24',
      InvoiceKind: '10',
      Amount: '106.00',
    })
    expect(JSON.stringify(service.sent)).not.toContain('keyexample')
  })

  it.each([
    ['vat-special', { InvoiceKind: '01', InvoiceCode: '011002000111', Amount: '100.00' }],
    ['vat-e-ordinary', { InvoiceKind: '10', InvoiceCode: '011002000111', CheckCode: '445555' }],
    ['used-vehicle', { InvoiceKind: '15', InvoiceCode: '011002000111', Amount: '106.00' }],
    ['fiscal', { InvoiceKind: '16', InvoiceCode: '011002000111', CheckCode: '445555', Amount: '106.00' }],
    ['rail', { Amount: '106.00' }],
  ] as const)('about %s by what that kind is verified by', async (kind, asked) => {
    answers({ Error: { Code: 'ResourceNotFound.NoInvoice', Message: '' } })
    await ask(kind)
    const { InvoiceNo: _number, InvoiceDate: _date, ...rest } = JSON.parse(service.sent.at(-1)?.body ?? '') as Record<string, string>
    expect(rest).toEqual(asked)
  })

  it('about every kind but those that need what no query carries', () => {
    const checkable = kindNames.filter((kind) => ruleOf(kind).elements.length > 0)
    expect(checkable.filter((kind) => !source.supports(kind))).toEqual(['blockchain'])
    expect(source.supports('taxi')).toBe(false)
  })
})

describe('tencent says', () => {
  it('ok, with a record of which the elements stay as they were asked', async () => {
    answers({ Invoice: invoice })
    expect(await ask()).toMatchObject({
      outcome: 'ok',
      invoice: {
        kind: 'digital-ordinary',
        number: '26112000000000000001',
        amount: 10_600,
        amountExTax: 10_000,
        tax: 600,
        seller: { name: '演示销售方', taxId: '91110000000000000X' },
        buyer: { name: '演示购买方', taxId: null },
        remark: null,
        lines: [{ name: '*餐饮服务*餐费', spec: null, amount: 10_000, tax: 600, taxRate: '6%' }],
      },
    })
  })

  it.each([
    ['Y', 'voided'],
    ['N', 'ok'],
    ['H', 'red-flushed-full'],
    ['HF', 'red-flushed-full'],
    ['HP', 'red-flushed-part'],
  ])('state %s: %s', async (state, outcome) => {
    answers({ Invoice: { ...invoice, IsAbandoned: state } })
    expect(await ask()).toMatchObject({ outcome })
  })

  it.each([
    ['0', 'ok'],
    ['1', 'ok'],
    ['2', 'voided'],
    ['3', 'red-flushed-full'],
  ])('of a ticket state %s: %s', async (state, outcome) => {
    const ticket = {
      Number: '26112000000000000001',
      Date: '20260924',
      Amount: '97.25',
      Tax: '8.75',
      Total: '106.00',
      StateCode: state,
      BuyerName: '演示',
    }
    answers({ ElectronicTrainTicket: ticket })
    expect(await ask('rail')).toMatchObject({ outcome, invoice: { tax: 875, amountExTax: 9725, buyer: { name: '演示' } } })
    answers({ ElectronicAirTransport: ticket })
    expect(await ask('air')).toMatchObject({ outcome, invoice: { tax: 875 } })
  })

  it.each([
    [null, 'ok'],
    ['0', 'ok'],
    ['1', 'red-flushed-full'],
  ])('of a 财政 bill whose 冲红 is %s: %s', async (state, outcome) => {
    answers({
      FinancialBill: {
        Code: '011002000111',
        Number: '0123456789',
        Date: '2026-09-24',
        SellerCompany: '演示医院',
        Total: '106.00',
        RushRedStateCode: state,
      },
    })
    expect(await ask('fiscal')).toMatchObject({ outcome, invoice: { seller: { name: '演示医院' }, amount: 10_600 } })
  })

  const documented = outcomes.flatMap((outcome) => (tencentErrors[outcome] ?? []).map((code) => [code, outcome] as const))
  it.each(documented)('%s: %s', async (code, outcome) => {
    answers({ Error: { Code: code, Message: 'anything' } })
    expect(await ask()).toEqual({ outcome, asOf: null })
  })

  it('of each code one thing only', () => expect(new Set(documented.map(([code]) => code)).size).toBe(documented.length))

  it.each([
    ['a code nobody has documented', { Error: { Code: 'FailedOperation.New', Message: '' } }],
    ['a state nobody has documented', { Invoice: { ...invoice, IsAbandoned: 'X' } }],
    ['no state', { Invoice: { ...invoice, IsAbandoned: '' } }],
    ['another invoice', { Invoice: { ...invoice, Number: '26112000000000000002' } }],
    ['another date', { Invoice: { ...invoice, Date: '20260925' } }],
    ['nothing', {}],
    ['another shape', { Invoice: [invoice] }],
  ])('%s: it is at fault', async (_, response) => {
    answers(response)
    await expect(ask()).rejects.toThrow()
  })

  it.each(['', '[]', '{}', 'null', '{"Response":3}', '<p>'])('"%s": it is at fault', async (body) => {
    service.answers = () => ({ status: 200, body })
    await expect(ask()).rejects.toThrow()
  })

  it('500: it is at fault, whatever else it says', async () => {
    answers({ Invoice: invoice }, 500)
    await expect(ask()).rejects.toThrow()
  })

  it('a record that can only be read in part: the verdict does not depend on it', async () => {
    answers({ Invoice: { ...invoice, TaxAmount: '***', Items: 'none', SellerName: 5, BuyerName: { a: 1 }, AmountWithoutTax: null } })
    expect(await ask()).toMatchObject({
      outcome: 'ok',
      invoice: { tax: null, lines: [], seller: { name: '5' }, buyer: { name: null }, amount: 10_600 },
    })
  })
})
