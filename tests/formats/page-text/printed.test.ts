import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { asPrinted } from '../../../src/formats/page-text/index.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'

const base = { ...madeInvoice('digital-ordinary', { lines: 1, seed: 3 }), remark: null }

describe('names are taken as they are printed', () => {
  const invoice = {
    ...base,
    buyer: { ...base.buyer, name: '演示乙（北京）科技有限公司' },
    seller: { ...base.seller, name: 'Demo Trading (Beijing) Co., Ltd' },
    lines: base.lines.map((line) => ({ ...line, name: '*演示类别*演示货物（Ⅵ）①号', unit: '㎡', spec: '２５℃' })),
  }
  test('with full-width brackets, square metres and circled figures', async () => {
    const { drafts } = await readFile(makePdf([{ invoices: [invoice], qr: 'none' }]))
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
  })
  test('in one piece with their label', async () => {
    const text = layoutOf(invoice).flatMap((one) => {
      if (one.text === '名' || one.text === '称：') return []
      const isName = one.text === invoice.buyer.name || one.text === invoice.seller.name
      return [isName ? { ...one, x: one.x - 15, text: `名称：${one.text}` } : one]
    })
    const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))
    expect(drafts[0]?.invoice).toMatchObject({ buyer: invoice.buyer, seller: invoice.seller })
  })
})

test('radicals that a font names instead of characters are the characters', async () => {
  expect(asPrinted('⻓沙⺠⽣⻋⻔⾦⼦豈')).toBe('长沙民生车门金子豈')
  const invoice = { ...base, seller: { ...base.seller, name: '长沙民生车门有限公司' } }
  const { drafts } = await readFile(
    makePdf([{ invoices: [invoice], qr: 'none' }], { lookAlikes: { 长: '⻓', 民: '⺠', 车: '⻋', 门: '⻔', 角: '⻆' } }),
  )
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
  expect(drafts[0]?.checks).toContainEqual({ name: 'amount-in-words', ok: true })
})

test('a number stays with its label where the title stands a little higher', async () => {
  const text = layoutOf(base).map((one) =>
    one.text === base.number ? { ...one, y: 15.25 } : one.text === '发票号码：' ? { ...one, y: 15.45 } : one,
  )
  const { drafts } = await readFile(makePdf([{ invoices: [base], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([base])
})
