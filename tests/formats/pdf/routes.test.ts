import { describe, expect, test } from 'vitest'
import { formatMoney, type Invoice } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { layoutOf, makePdf, type MadeOptions, type MadePage } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { digitalXml, invXml, madeInvoice } from '../../fixtures/xml/index.ts'
import { readPictures } from './pictures.ts'

const read = (pages: MadePage[], options: MadeOptions = {}) => readFile(makePdf(pages, options), { readPictures })
const infoOf = (invoice: Invoice) => ({
  InvoiceNumber: invoice.number ?? '',
  IssueTime: invoice.issuedOn ?? '',
  BuyerIdNum: invoice.buyer.taxId ?? '',
  SellerIdNum: invoice.seller.taxId ?? '',
  TotalAmWithoutTax: formatMoney(invoice.amountExTax ?? 0),
  TotalTaxAm: formatMoney(invoice.tax ?? 0),
  'TotalTax-includedAmount': formatMoney(invoice.amount ?? 0),
})

describe('besides its page', () => {
  const invoice = pdfInvoice('digital-special')
  test('Info fields fill what the QR does not say', async () => {
    const { drafts } = await read([{ invoices: [invoice], noText: true }], { info: infoOf(invoice) })
    expect(drafts[0]?.invoice).toMatchObject({
      number: invoice.number,
      amountExTax: invoice.amountExTax,
      tax: invoice.tax,
      amount: invoice.amount,
    })
    expect(drafts[0]?.invoice.seller.taxId).toBe(invoice.seller.taxId)
    expect([drafts[0]?.provenance.amountExTax, drafts[0]?.provenance.amount]).toEqual(['info-dict', 'qr'])
    expect(drafts[0]?.problems).toEqual([])
  })
  test('an embedded XML gives every field', async () => {
    const { drafts } = await read([{ invoices: [invoice], noText: true }], { attachments: [{ name: 'a.xml', data: digitalXml(invoice) }] })
    const lines = invoice.lines.map((line) => ({ ...line, taxRate: '0.06' }))
    expect(drafts.map((draft) => ({ ...draft.invoice, remark: null }))).toEqual([{ ...invoice, lines }])
    expect(drafts[0]?.provenance.lines).toBe('attachment')
  })
  test('an embedded XBRL instance gives every field', async () => {
    const vat = madeInvoice('vat-e-special', { lines: 2 })
    const { drafts } = await read([{ invoices: [vat], qr: 'none', noText: true }], {
      attachments: [{ name: 'inv_issuer.xml', data: invXml(vat) }],
      form: 'stream',
    })
    expect(drafts.map((draft) => draft.invoice)).toEqual([vat])
  })
  test('an embedded file with a DOCTYPE is left alone, and told', async () => {
    const data = digitalXml(invoice).replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')
    const { drafts } = await read([{ invoices: [invoice] }], { attachments: [{ name: 'a.xml', data }] })
    expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(['xml-doctype'])
    expect(drafts[0]?.provenance.number).toBe('qr')
  })
  test('an attached letter changes nothing', async () => {
    const { drafts } = await read([{ invoices: [invoice] }], { attachments: [{ name: 'a.txt', data: 'hello' }] })
    expect([drafts[0]?.invoice, drafts[0]?.problems]).toEqual([invoice, []])
  })
})

describe('on any disagreement both are told, and the more trustworthy is shown', () => {
  const invoice = pdfInvoice('vat-e-ordinary')
  const edits: [string, Partial<Invoice>][] = [
    ['number', { number: '12345678' }],
    ['code', { code: '044009900111' }],
    ['issuedOn', { issuedOn: '2026-01-01' }],
    ['amountExTax', { amountExTax: (invoice.amountExTax ?? 0) + 100 }],
    ['checkCode', { checkCode: '11111222223333344444' }],
  ]
  test.each(edits)('%s in the QR', async (field, edit) => {
    const { drafts } = await read([{ invoices: [invoice], qrInvoices: [{ ...invoice, ...edit }] }])
    expect(drafts).toHaveLength(1)
    expect(drafts[0]?.problems.find(({ code }) => code === 'conflict')?.message).toContain(`${field}: the qr says`)
    expect(drafts[0]?.checks).toContainEqual({ name: 'qr-vs-text', ok: false })
    expect(drafts[0]?.provenance[field as 'number']).toBe('qr')
  })
  test('an amount in the Info fields', async () => {
    const { drafts } = await read([{ invoices: [invoice] }], { info: { TotalTaxAm: '1.00' } })
    expect(drafts[0]?.problems.map(({ code }) => code)).toContain('conflict')
  })
  test('a number in the embedded XML', async () => {
    const one = pdfInvoice('digital-special')
    const data = digitalXml({ ...one, number: '26112000000009999999' })
    const { drafts } = await read([{ invoices: [one] }], { attachments: [{ name: 'a.xml', data }] })
    expect(drafts).toHaveLength(1)
    expect(drafts[0]?.problems.map(({ code }) => code)).toContain('conflict')
  })
})

describe('a second QR on the page of one invoice is never passed over', () => {
  const invoice = pdfInvoice('vat-e-ordinary')
  const withSecond = async (edit: Partial<Invoice>, isFirst: boolean) => {
    const other = { ...invoice, ...edit }
    const { drafts } = await read([{ invoices: [invoice], qrInvoices: isFirst ? [other, invoice] : [invoice, other] }])
    return drafts.map((draft) => draft.problems.map(({ code }) => code))
  }
  test.each([true, false])('that says another amount of it: both are told', async (isFirst) => {
    expect(await withSecond({ amountExTax: (invoice.amountExTax ?? 0) + 100 }, isFirst)).toEqual([expect.arrayContaining(['conflict'])])
  })
  test.each([true, false])('that is of another invoice: both invoices are marked', async (isFirst) => {
    expect(await withSecond({ number: '12345678' }, isFirst)).toEqual([['qr-several'], ['qr-several']])
  })
  test('that says the same is the same', async () => {
    expect(await withSecond({}, false)).toEqual([[]])
  })
})

describe('several invoices in one file', () => {
  const invoices = Array.from({ length: 29 }, (_, index) => pdfInvoice('digital-ordinary', index + 1))
  test('one a page, each with its page', async () => {
    const { drafts } = await read(
      invoices.map((invoice) => ({ invoices: [invoice] })),
      { form: 'stream' },
    )
    expect(drafts.map(({ page }) => page)).toEqual(invoices.map((_, index) => index + 1))
    expect(drafts.map((draft) => draft.invoice)).toEqual(invoices)
    expect(drafts.flatMap(({ problems }) => problems)).toEqual([])
  })
  test('two on every page, one above the other', async () => {
    const { drafts } = await read([{ invoices: invoices.slice(0, 2) }, { invoices: invoices.slice(2, 4) }])
    expect(drafts.map((draft) => draft.invoice)).toEqual(invoices.slice(0, 4))
    expect(drafts.map(({ page }) => page)).toEqual([1, 1, 2, 2])
    expect(drafts.flatMap(({ problems }) => problems)).toEqual([])
  })
  test('two on a page of which only the QRs can be read', async () => {
    const { drafts } = await read([{ invoices: invoices.slice(0, 2), noText: true }])
    expect(drafts.map((draft) => draft.invoice.number)).toEqual(invoices.slice(0, 2).map(({ number }) => number))
  })
  test('the same one printed twice is one', async () => {
    const [first] = invoices
    const { drafts } = await read([{ invoices: first ? [first] : [] }, { invoices: first ? [first] : [] }])
    expect(drafts.map((draft) => draft.invoice)).toEqual([first])
  })
})

test('goods lines that go on over three sheets are all read', async () => {
  const invoice = { ...madeInvoice('digital-ordinary', { lines: 20 }), remark: null }
  const sheet = (from: number, to: number) => layoutOf({ ...invoice, lines: invoice.lines.slice(from, to) })
  const first = (from: number, to: number) =>
    sheet(from, to).flatMap((one) =>
      one.text === '合' ? [{ ...one, text: '小' }] : one.y > 97 || (one.y > 94 && one.text !== '计') ? [] : [one],
    )
  const { drafts } = await read([
    { invoices: [invoice], text: first(0, 7) },
    { invoices: [invoice], text: first(7, 14) },
    { invoices: [invoice], text: sheet(14, 20) },
  ])
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
  expect(drafts[0]?.problems).toEqual([])
})

describe('what is not seen on the page is not read', () => {
  const invoice = pdfInvoice('digital-special')
  const hidden = { ...invoice, number: '26112000000009999999', amount: 1 }
  const placed = layoutOf(invoice)
  test.each([
    ['drawn invisibly', '3 Tr'],
    ['drawn in white', '1 g'],
    ['drawn in white by three colours', '1 1 1 rg'],
  ])('text %s', async (_, how) => {
    // The same font holds the hidden digits: they are drawn by its own codes, of the text that is there.
    const other = layoutOf(hidden)
    const plain = await read([{ invoices: [invoice], qr: 'none', text: [...placed, ...other] }])
    expect(plain.drafts[0]?.problems.map(({ code }) => code)).toContain('text-overlapping')
    expect(plain.drafts[0]?.invoice.number).toBeNull()
    const covered = await read([{ invoices: [invoice], qr: 'none', text: placed, hidden: other, how }])
    expect(covered.drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(covered.drafts[0]?.problems).toEqual([])
  })
  test('a note that a reader put on it', async () => {
    const note = '/Annots[<</Subtype/FreeText/Rect[0 0 100 100]/Contents(26112000000009999999)/AP<<>>>>]'
    const { drafts } = await read([{ invoices: [invoice], entries: note }])
    expect([drafts[0]?.invoice, drafts[0]?.problems]).toEqual([invoice, []])
  })
})

describe('without an invoice', () => {
  test('a PDF with none was read, and says so', async () => {
    expect(await read([{ invoices: [] }])).toMatchObject({ state: 'read', drafts: [], problems: [{ code: 'no-invoice' }] })
  })
  test('pictures that nobody looked at are told', async () => {
    const { drafts } = await readFile(makePdf([{ invoices: [pdfInvoice('digital-special')] }]))
    expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(['pictures-not-read'])
  })
})
