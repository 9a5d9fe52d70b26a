import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { makePdf, qrForms, type FontForm, type MadeOptions, type MadePage } from '../../fixtures/pdf/index.ts'
import { pdfInvoice, pdfKinds } from '../../fixtures/pdf/invoices.ts'
import { readPictures } from './pictures.ts'

const read = (pages: MadePage[], options: MadeOptions = {}) => readFile(makePdf(pages, options), { readPictures })
const qrOf = (kind: string) => (kind === 'fiscal' ? 'none' : 'bits')

describe.each(pdfKinds)('%s', (kind) => {
  const invoice = pdfInvoice(kind)

  test('every field, by QR and text together', async () => {
    const { drafts, format } = await read([{ invoices: [invoice], qr: qrOf(kind) }])
    expect(format).toBe('pdf')
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
    expect(drafts[0]?.checks.filter(({ ok }) => ok === false)).toEqual([])
    if (kind !== 'fiscal') expect([drafts[0]?.provenance.number, drafts[0]?.provenance.issuedOn]).toEqual(['qr', 'qr'])
    if (kind !== 'fiscal') expect(drafts[0]?.checks).toContainEqual({ name: 'qr-vs-text', ok: true })
  })

  test('every field by its text alone, in an order of chance, every character by itself', async () => {
    let state = 7
    const shuffled: MadeOptions['order'] = (placed) =>
      placed
        .map((one) => ({ one, by: (state = (state * 48_271) % 2_147_483_647) }))
        .toSorted((a, b) => a.by - b.by)
        .map(({ one }) => one)
    const scrambled = await read([{ invoices: [invoice], qr: 'none' }], { order: shuffled })
    expect(scrambled.drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(scrambled.drafts[0]?.problems).toEqual([])
    const glyphs = await read([{ invoices: [invoice], qr: 'none' }], { glyphs: true })
    expect(glyphs.drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(glyphs.drafts[0]?.provenance.number).toBe('text')
  })

  test.each(['identity', 'unigb', 'gbk', 'gb1'] satisfies FontForm[])('set in a font that names characters by %s', async (font) => {
    const { drafts } = await read([{ invoices: [invoice], qr: 'none' }], { font })
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
  })

  test('in object streams, after foreign bytes, turned', async () => {
    for (const rotate of [0, 90, 180, 270] as const) {
      const { drafts } = await read([{ invoices: [invoice], qr: qrOf(kind), rotate }], { form: 'stream', junk: '\r\nFrom: mail\r\n' })
      expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
      expect(drafts[0]?.problems).toEqual([])
    }
  })
})

describe('a QR is read however it is drawn', () => {
  const invoice = pdfInvoice('digital-special')
  test.each(qrForms)('%s', async (qr) => {
    const { drafts } = await read([{ invoices: [invoice], qr, noText: true }])
    const { kind, number, issuedOn, amount } = invoice
    expect(drafts.map((draft) => draft.invoice)).toMatchObject([{ kind, number, issuedOn, amount }])
    expect(drafts[0]?.provenance.number).toBe('qr')
    expect(drafts[0]?.problems).toEqual([])
  })
})

describe('what fonts say of their characters', () => {
  const invoice = pdfInvoice('digital-ordinary')
  test('Kangxi radicals, NULs and compatibility forms are made plain', async () => {
    const { drafts } = await read([{ invoices: [invoice], qr: 'none' }], {
      lookAlikes: { 子: '⼦', 金: '⾦', 方: '⽅', 小: '⼩', 日: '⽇', 月: '⽉', '¥': '￥', 甲: '甲\0', '1': '１' },
    })
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
  })
  test('a font that says nothing leaves the QR, and is told', async () => {
    const { drafts } = await read([{ invoices: [invoice] }], { font: 'shapes' })
    const { kind, number, issuedOn, amount } = invoice
    expect(drafts[0]?.invoice).toEqual({ ...drafts[0]?.invoice, kind, number, issuedOn, amount, lines: [], amountExTax: null })
    expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(['text-unreadable'])
  })
  test('one digit that the font does not know takes its value away, never changes it', async () => {
    const { drafts } = await read([{ invoices: [invoice] }], { lookAlikes: { '4': '\0' } })
    for (const draft of drafts) {
      const told = draft.problems.length > 0
      for (const field of ['number', 'issuedOn', 'amount', 'amountExTax', 'tax'] as const)
        expect([field, draft.invoice[field] === null || draft.invoice[field] === invoice[field] || told]).toEqual([field, true])
      expect([draft.invoice.number, draft.invoice.amount]).toEqual([invoice.number, invoice.amount])
    }
  })
})
