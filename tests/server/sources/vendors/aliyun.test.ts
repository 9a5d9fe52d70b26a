import { describe, expect, it } from 'vitest'
import { kindNames, outcomes, ruleOf, type Kind } from '../../../../src/domain/index.ts'
import { aliyunCodes, aliyunSource } from '../../../../src/server/sources/vendors/aliyun.ts'
import { testClock } from '../../kit/clock.ts'
import { testRandom } from '../../kit/random.ts'
import { elements, json, never, testService } from './kit.ts'

const service = testService()
const key = { keyId: 'LTAIexample', keySecret: 'secretexample' }
const source = aliyunSource({ key, send: service.send, clock: testClock('2026-11-24T02:00:00Z'), random: testRandom() })
const ask = (kind: Kind = 'digital-ordinary') => source.ask(elements(kind), never)
const says = (answer: unknown) => (service.answers = () => json({ RequestId: 'r', Data: JSON.stringify(answer) }))

/** The shape of the documented answer, with invented values: `Data` is a text that holds JSON. */
const record = {
  invoiceType: '32',
  invoiceCode: '',
  invoiceNumber: '26112000000000000001',
  invoiceDate: '20260924',
  checkCode: '',
  cyjgxx: '查验成功发票一致',
  inspectionAmount: '1',
  invalidMark: 'N',
  invoiceMoney: '100.00',
  allTax: '6.00',
  allValoremTax: '106.00',
  purchaserName: '演示购买方',
  purchaserTaxpayerNumber: '-',
  salerName: '演示销售方',
  salerTaxpayerNumber: '91110000000000000X',
  note: '演示',
  detailList: [
    {
      rowNo: '1',
      goodsName: '*餐饮服务*餐费',
      standard: '',
      unit: '次',
      num: '1',
      netValue: '100.00',
      detailAmount: '100.00',
      taxRate: '6%',
      allTax: '6.00',
    },
  ],
}

describe('aliyun is asked', () => {
  it('with a signed request that carries the elements in its query and nothing else', async () => {
    says({ code: '001', msg: '成功', data: record })
    await ask()
    const [sent] = service.sent
    expect(sent?.url).toBe(
      'https://ocr-api.cn-hangzhou.aliyuncs.com/?InvoiceDate=20260924&InvoiceNo=26112000000000000001&InvoiceSum=106.00',
    )
    expect(sent).toMatchObject({
      method: 'POST',
      headers: { 'x-acs-action': 'VerifyVATInvoice', 'x-acs-version': '2021-07-07', 'x-acs-date': '2026-11-24T02:00:00Z' },
    })
    expect(sent?.body).toBeUndefined()
    expect(sent?.headers['Authorization']).toMatch(
      /^ACS3-HMAC-SHA256 Credential=LTAIexample,SignedHeaders=host;x-acs-action;[^,]*,Signature=[0-9a-f]{64}$/,
    )
    expect(JSON.stringify(sent)).not.toContain('secretexample')
  })

  it('under another nonce each time', async () => {
    says({ code: '001', msg: '', data: record })
    service.sent.length = 0
    for (let count = 0; count < 3; count++) await ask()
    expect(new Set(service.sent.map(({ headers }) => headers['x-acs-signature-nonce'])).size).toBe(3)
  })

  it.each([
    ['vat-special', 'InvoiceCode=011002000111&InvoiceDate=20260924&InvoiceNo=12345678&InvoiceSum=100.00'],
    ['vat-ordinary', 'InvoiceCode=011002000111&InvoiceDate=20260924&InvoiceNo=12345678&VerifyCode=445555'],
  ] as const)('about %s by what that kind is verified by', async (kind, query) => {
    says({ code: '009', msg: '', data: {} })
    await ask(kind)
    expect(service.sent.at(-1)?.url.split('?')[1]).toBe(query)
  })

  it('about the kinds it knows', () => {
    const checkable = kindNames.filter((kind) => ruleOf(kind).elements.length > 0)
    expect(checkable.filter((kind) => !source.supports(kind))).toEqual(['fiscal', 'blockchain'])
  })
})

describe('aliyun says', () => {
  it.each(['001', '000000'])('%s: ok, with a record', async (code) => {
    says({ code, msg: '成功', data: record })
    expect(await ask()).toMatchObject({
      outcome: 'ok',
      invoice: {
        amountExTax: 10_000,
        tax: 600,
        seller: { name: '演示销售方' },
        buyer: { name: '演示购买方', taxId: null },
        remark: '演示',
        lines: [{ name: '*餐饮服务*餐费', unitPrice: '100.00' }],
      },
    })
  })

  it.each([
    ['N', 'ok'],
    ['0', 'ok'],
    ['Y', 'voided'],
    ['2', 'voided'],
    ['H', 'red-flushed-full'],
    ['3', 'red-flushed-full'],
    ['8', 'red-flushed-full'],
    ['7', 'red-flushed-part'],
  ])('state %s: %s', async (invalidMark, outcome) => {
    says({ code: '001', msg: '', data: { ...record, invalidMark } })
    expect(await ask()).toMatchObject({ outcome })
  })

  const documented = outcomes.flatMap((outcome) => (aliyunCodes[outcome] ?? []).map((code) => [code, outcome] as const))
  it.each(documented)('%s: %s', async (code, outcome) => {
    says({ code, msg: 'anything' })
    expect(await ask()).toEqual({ outcome, asOf: null })
  })

  it('of each code one thing only', () => expect(new Set(documented.map(([code]) => code)).size).toBe(documented.length))

  it.each([
    ['InvalidAccessKeyId.NotFound', 404],
    ['InvalidAccessKeyId.Inactive', 400],
    ['SignatureDoesNotMatch', 400],
    ['IncompleteSignature', 400],
    ['InvalidTimeStamp.Expired', 400],
    ['Forbidden.RAM', 403],
    ['NoPermission', 403],
    ['ocrServiceNotOpen', 400],
  ])('%s: the operator must act', async (Code, status) => {
    service.answers = () => json({ RequestId: 'r', Code, Message: 'anything' }, status)
    expect(await ask()).toEqual({ outcome: 'operator-fault', asOf: null })
  })

  it.each([
    ['Throttling.User', 400],
    ['ServiceUnavailable', 503],
    ['InternalError', 500],
    ['SomethingNew', 400],
    [undefined, 403],
  ])('%s: it is at fault for now', async (Code, status) => {
    service.answers = () => json({ RequestId: 'r', Code }, status)
    await expect(ask()).rejects.toThrow()
  })

  it.each([
    ['a code nobody has documented', JSON.stringify({ code: '4711' })],
    ['no code', JSON.stringify({ data: record })],
    ['no state', JSON.stringify({ code: '001', data: { ...record, invalidMark: undefined } })],
    ['a state nobody has documented', JSON.stringify({ code: '001', data: { ...record, invalidMark: 'Q' } })],
    ['another invoice', JSON.stringify({ code: '001', data: { ...record, invoiceNumber: '26112000000000000009' } })],
    ['data that is no JSON', '<p>'],
    ['data that is no object', '[]'],
  ])('%s: it is at fault', async (_, Data) => {
    service.answers = () => json({ RequestId: 'r', Data })
    await expect(ask()).rejects.toThrow()
  })
})
