import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { Invoice, Kind } from '../../../src/domain/index.ts'
import { atrXml, chineseXml, digitalXml, eInvoiceXml, einvXml, invXml, madeInvoice, pinyinXml, raiXml } from '../../fixtures/xml/index.ts'

const read = async (xml: string) => readFile(new TextEncoder().encode(xml))
/** Rates are kept as printed; the 数电票 writes 0.06 for 6%. */
const printed = (invoice: Invoice, rate: string): Invoice => ({
  ...invoice,
  lines: invoice.lines.map((line) => ({ ...line, taxRate: rate })),
})

const digitalKinds: Kind[] = ['digital-special', 'digital-ordinary']
const vatKinds: Kind[] = ['vat-special', 'vat-ordinary', 'vat-e-ordinary', 'vat-e-special', 'vat-roll', 'toll']

describe.each(digitalKinds)('%s', (kind) => {
  const invoice = madeInvoice(kind, { lines: 3 })

  test.each(['0.2', '0.31', '0.32', '0.33'])('EInvoice %s', async (version) => {
    const { drafts, format } = await read(digitalXml(invoice, version))
    expect(format).toBe('xml')
    expect(drafts[0]?.invoice).toEqual(printed(invoice, '0.06'))
    expect(drafts[0]?.problems).toEqual([])
    expect(drafts[0]?.checks.filter(({ ok }) => ok === false)).toEqual([])
  })
  test('einv instance', async () => expect((await read(einvXml(invoice))).drafts[0]?.invoice).toEqual(invoice))
  test('Chinese names', async () => expect((await read(chineseXml([invoice]))).drafts[0]?.invoice).toEqual(invoice))
  test('pinyin', async () => expect((await read(pinyinXml(invoice))).drafts[0]?.invoice).toEqual(invoice))
})

describe.each(vatKinds)('%s', (kind) => {
  const invoice = madeInvoice(kind, { lines: 2, seed: 5 })

  test.each([
    ['eInvoice', eInvoiceXml(invoice)],
    ['inv instance', invXml(invoice)],
    ['Chinese names', chineseXml([invoice])],
    ['pinyin', pinyinXml(invoice)],
  ])('%s', async (_, xml) => {
    const { drafts } = await read(xml)
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
  })
})

test.each([
  ['<购买方信息><购买方名称>甲</购买方名称><统一社会信用代码>N</统一社会信用代码></购买方信息>', 'in an element of the party'],
  ['<购方><名称>甲</名称><税号>N</税号></购方>', 'in short'],
  ['<购买方名称>甲</购买方名称><购买方统一社会信用代码>N</购买方统一社会信用代码>', 'in one word with it'],
])('the tax id of a party is read from %s', async (party) => {
  const { buyer, ...rest } = madeInvoice('digital-ordinary')
  const xml = chineseXml([{ ...rest, buyer: { name: null, taxId: null } }]).replace(
    /<购买方>.*?<\/购买方>/,
    party.replace('N', String(buyer.taxId)).replace('甲', String(buyer.name)),
  )
  expect((await read(xml)).drafts[0]?.invoice).toEqual({ ...rest, buyer })
})

test('a rail ticket says Fare for its sum', async () => {
  const invoice = madeInvoice('rail', { lines: 1, rate: 9 })
  const [draft] = (await read(raiXml(invoice))).drafts
  expect(draft?.invoice).toMatchObject({
    kind: 'rail',
    number: invoice.number,
    issuedOn: invoice.issuedOn,
    amount: invoice.amount,
    amountExTax: invoice.amountExTax,
    tax: invoice.tax,
    buyer: invoice.buyer,
  })
})

test('an air ticket is taxed on fare and fuel, and its sum holds the fund', async () => {
  const invoice = madeInvoice('air', { lines: 4 })
  const [draft] = (await read(atrXml(invoice, 5_000))).drafts
  expect(draft?.invoice).toMatchObject({
    kind: 'air',
    number: invoice.number,
    amountExTax: invoice.amountExTax,
    tax: invoice.tax,
    amount: (invoice.amount ?? 0) + 5_000,
    seller: { name: invoice.seller.name },
  })
  expect(draft?.problems).toEqual([])
})

test('a list of invoices gives each', async () => {
  const invoices = [1, 2, 3].map((seed) => madeInvoice('digital-ordinary', { seed, lines: seed }))
  const { drafts } = await read(chineseXml(invoices))
  expect(drafts.map(({ invoice }) => invoice)).toEqual(invoices)
})

test('an XML that is no invoice was read, and says so', async () => {
  expect(await read('<a><b>1</b></a>')).toMatchObject({ state: 'read', drafts: [], problems: [{ code: 'no-invoice' }] })
})

describe('what contradicts itself is told', () => {
  const invoice = madeInvoice('digital-special')
  const problems = async (xml: string) => (await read(xml)).drafts[0]?.problems.map(({ code }) => code)

  test('another number in the header', async () =>
    expect(await problems(digitalXml(invoice).replace(`<EIid>${invoice.number}`, '<EIid>26112000000000000999'))).toContain('conflict'))
  test('a label whose code and name differ', async () =>
    expect(await problems(digitalXml(invoice).replace('增值税专用发票', '普通发票'))).toContain('conflict'))
  test('a sum that does not hold', async () => expect(await problems(digitalXml({ ...invoice, amount: 1 }))).toContain('check-failed'))
  test('words that say another sum', async () =>
    expect(await problems(digitalXml(invoice).replace(/InChinese>.*?</, 'InChinese>壹圆整<'))).toContain('check-failed'))
  test('a line that was changed', async () =>
    expect(await problems(digitalXml(invoice).replace(/<Amount>\d+/, '<Amount>1'))).toContain('check-failed'))
  test('an amount that is none', async () =>
    expect(await problems(digitalXml(invoice).replace(/<TotalTaxAm>.*?</, '<TotalTaxAm>12.345<'))).toContain('field-unreadable'))
  test('two different numbers', async () => {
    const xml = digitalXml(invoice).replace(
      '</TaxSupervisionInfo>',
      '<InvoiceNumber>26112000000000000999</InvoiceNumber></TaxSupervisionInfo>',
    )
    const [draft] = (await read(xml)).drafts
    expect(draft?.invoice.number).toBeNull()
    expect(draft?.problems.map(({ code }) => code)).toContain('field-ambiguous')
  })
  test('a kind that is only guessed', async () => {
    const xml = digitalXml(invoice).replace(/<InherentLabel>[^]*<\/InherentLabel>/, '')
    expect(await problems(xml)).toContain('kind-guessed')
  })
})
