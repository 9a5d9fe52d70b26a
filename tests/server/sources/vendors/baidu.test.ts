import { beforeEach, describe, expect, it } from 'vitest'
import { kindNames, outcomes, ruleOf, type Kind } from '../../../../src/domain/index.ts'
import { baiduErrors, baiduResults, baiduSource } from '../../../../src/server/sources/vendors/baidu.ts'
import { testClock } from '../../kit/clock.ts'
import { elements, json, never, testService } from './kit.ts'

const day = 24 * 3_600_000

function setUp() {
  let answer: unknown = {}
  let tokens = 0
  const clock = testClock('2026-11-24T02:00:00Z')
  const service = testService(({ url }) =>
    url.includes('/oauth/2.0/token') ? json({ access_token: `24.token${++tokens}`, expires_in: 2_592_000 }) : json(answer),
  )
  const source = baiduSource({ key: { apiKey: 'apiexample', secretKey: 'secretexample' }, send: service.send, clock })
  return {
    service,
    source,
    clock,
    says: (next: unknown) => (answer = next),
    ask: (kind: Kind = 'digital-ordinary') => source.ask(elements(kind), never),
    asked: () => service.sent.filter(({ url }) => url.includes('vat_invoice_verification')),
    tokens: () => tokens,
  }
}
let baidu = setUp()
beforeEach(() => void (baidu = setUp()))

/** The shape of the documented answer, with invented values; the lines come as columns. */
const answer = {
  log_id: '1',
  words_result_num: 30,
  VerifyResult: '0001',
  VerifyMessage: '查验成功发票一致',
  VerifyFrequency: '1',
  InvalidSign: 'N',
  InvoiceType: '全电发票(普通发票)',
  InvoiceCode: '',
  InvoiceNum: '26112000000000000001',
  InvoiceDate: '20260924',
  CheckCode: '',
  MachineCode: '',
  words_result: {
    SellerName: '演示销售方',
    SellerRegisterNum: '91110000000000000X',
    PurchaserName: '演示购买方',
    PurchaserRegisterNum: '',
    TotalAmount: '100.00',
    TotalTax: '6.00',
    AmountInFiguers: '106.00',
    Remarks: '',
    CommodityName: [
      { row: '1', word: '*餐饮服务*餐费' },
      { row: '2', word: '*餐饮服务*茶水' },
    ],
    CommodityAmount: [
      { row: '1', word: '60.00' },
      { row: '2', word: '40.00' },
    ],
    CommodityTax: [
      { row: '1', word: '3.60' },
      { row: '2', word: '2.40' },
    ],
    CommodityTaxRate: [
      { row: '1', word: '6%' },
      { row: '2', word: '6%' },
    ],
    CommodityUnit: [{ row: '2', word: '壶' }],
  },
}

describe('baidu is asked', () => {
  it('with a token and a form that carries the elements and nothing else', async () => {
    baidu.says(answer)
    await baidu.ask()
    expect(baidu.service.sent.map(({ url }) => url)).toEqual([
      'https://aip.baidubce.com/oauth/2.0/token?grant_type=client_credentials&client_id=apiexample&client_secret=secretexample',
      'https://aip.baidubce.com/rest/2.0/ocr/v1/vat_invoice_verification?access_token=24.token1',
    ])
    expect(Object.fromEntries(new URLSearchParams(baidu.asked()[0]?.body))).toEqual({
      invoice_code: '',
      invoice_num: '26112000000000000001',
      invoice_date: '20260924',
      invoice_type: 'elec_invoice_normal',
      check_code: '',
      total_amount: '106.00',
    })
    expect(JSON.stringify(baidu.asked())).not.toContain('secretexample')
  })

  it.each([
    ['vat-special', { invoice_type: 'special_vat_invoice', check_code: '', total_amount: '100.00' }],
    ['toll', { invoice_type: 'toll_elec_normal_invoice', check_code: '445555', total_amount: '' }],
    ['rail', { invoice_type: 'elec_train_ticket_invoice', invoice_code: '', total_amount: '106.00' }],
  ] as const)('about %s by what that kind is verified by', async (kind, form) => {
    baidu.says({ VerifyResult: '0009' })
    await baidu.ask(kind)
    expect(Object.fromEntries(new URLSearchParams(baidu.asked()[0]?.body))).toMatchObject(form)
  })

  it('about the kinds it knows', () => {
    const checkable = kindNames.filter((kind) => ruleOf(kind).elements.length > 0)
    expect(checkable.filter((kind) => !baidu.source.supports(kind))).toEqual(['fiscal', 'blockchain'])
  })
})

describe('the token of baidu', () => {
  it('is asked for once, also by a hundred at a time, and again a day before it ends', async () => {
    baidu.says(answer)
    await Promise.all(Array.from({ length: 100 }, () => baidu.ask()))
    expect(baidu.tokens()).toBe(1)
    await baidu.clock.leap(28.9 * day)
    await baidu.ask()
    expect(baidu.tokens()).toBe(1)
    await baidu.clock.leap(0.2 * day)
    await baidu.ask()
    expect(baidu.tokens()).toBe(2)
  })

  it.each([100, 110, 111])('that was refused (%i) is replaced once, and the question is asked again', async (code) => {
    let refusals = 1
    const { answers } = baidu.service
    baidu.says(answer)
    baidu.service.answers = (outgoing) =>
      outgoing.url.includes('verification') && refusals-- > 0 ? json({ error_code: code, error_msg: 'anything' }) : answers(outgoing)
    expect(await baidu.ask()).toMatchObject({ outcome: 'ok' })
    expect([baidu.tokens(), baidu.asked().length]).toEqual([2, 2])
  })

  it('that is refused again is for the operator', async () => {
    baidu.says({ error_code: 110, error_msg: 'Access token invalid or no longer valid' })
    expect(await baidu.ask()).toEqual({ outcome: 'operator-fault', asOf: null })
    expect(baidu.asked()).toHaveLength(2)
  })

  it('cannot be had with a wrong key: the operator must act', async () => {
    baidu.service.answers = () => json({ error: 'invalid_client', error_description: 'unknown client id' }, 401)
    expect(await baidu.ask()).toEqual({ outcome: 'operator-fault', asOf: null })
  })

  it('that does not come is a fault that passes, and the next question asks again', async () => {
    const { answers } = baidu.service
    baidu.service.answers = () => json({ error: 'later' })
    await expect(baidu.ask()).rejects.toThrow()
    baidu.service.answers = answers
    baidu.says(answer)
    expect(await baidu.ask()).toMatchObject({ outcome: 'ok' })
  })
})

describe('baidu says', () => {
  it('0001: ok, with a record whose columns are lines', async () => {
    baidu.says(answer)
    expect(await baidu.ask()).toMatchObject({
      outcome: 'ok',
      invoice: {
        amountExTax: 10_000,
        tax: 600,
        seller: { name: '演示销售方', taxId: '91110000000000000X' },
        lines: [
          { name: '*餐饮服务*餐费', unit: null, amount: 6000, tax: 360 },
          { name: '*餐饮服务*茶水', unit: '壶', amount: 4000, tax: 240 },
        ],
      },
    })
  })

  it('the same with the result inside the record', async () => {
    const { VerifyResult, InvalidSign, words_result, ...rest } = answer
    baidu.says({ ...rest, words_result: { ...words_result, VerifyResult, InvalidSign } })
    expect(await baidu.ask()).toMatchObject({ outcome: 'ok' })
  })

  it.each([
    ['N', 'ok'],
    ['Y', 'voided'],
    ['H', 'red-flushed-full'],
    ['QH', 'red-flushed-full'],
    ['BH', 'red-flushed-part'],
  ])('state %s: %s', async (InvalidSign, outcome) => {
    baidu.says({ ...answer, InvalidSign })
    expect(await baidu.ask()).toMatchObject({ outcome })
  })

  const results = outcomes.flatMap((outcome) => (baiduResults[outcome] ?? []).map((code) => [code, outcome] as const))
  it.each(results)('%s: %s', async (VerifyResult, outcome) => {
    baidu.says({ ...answer, VerifyResult, VerifyMessage: 'anything', words_result: {} })
    expect(await baidu.ask()).toEqual({ outcome, asOf: null })
  })

  const errors = outcomes.flatMap((outcome) => (baiduErrors[outcome] ?? []).map((code) => [code, outcome] as const))
  it.each(errors)('error %s: %s', async (code, outcome) => {
    baidu.says({ error_code: Number(code), error_msg: 'anything' })
    expect(await baidu.ask()).toEqual({ outcome, asOf: null })
  })

  it('of each code one thing only', () => {
    for (const codes of [results, errors]) expect(new Set(codes.map(([code]) => code)).size).toBe(codes.length)
  })

  it.each([
    ['a result nobody has documented', { ...answer, VerifyResult: '4711' }],
    ['an error nobody has documented', { error_code: 4711 }],
    ['no result', { ...answer, VerifyResult: undefined }],
    ['no state', { ...answer, InvalidSign: undefined }],
    ['another invoice', { ...answer, InvoiceNum: '26112000000000000009' }],
    ['a list', [answer]],
  ])('%s: it is at fault', async (_, body) => {
    baidu.says(body)
    await expect(baidu.ask()).rejects.toThrow()
  })
})
