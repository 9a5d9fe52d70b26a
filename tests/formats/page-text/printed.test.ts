import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { asPrinted } from '../../../src/formats/page-text/index.ts'
import type { Placed } from '../../fixtures/ofd/page.ts'
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

describe('a name of several lines is whole', () => {
  const name = '演示某某某某某某某某某某某某某某（集团）股份有限公司演示市第二分公司'
  const wrap = (text: readonly Placed[], [first, second]: readonly [number, number], back = 0) =>
    text.flatMap((one) =>
      one.text !== name
        ? [one]
        : [
            { ...one, text: name.slice(0, 26), y: one.y + first },
            { ...one, text: name.slice(26), y: one.y + second, x: one.x - back },
          ],
    )
  test.each([
    ['the seller of a 数电票', 'seller', 'digital-ordinary'],
    ['the buyer of a 数电票', 'buyer', 'digital-ordinary'],
    ['the seller of an older invoice', 'seller', 'vat-e-ordinary'],
    ['the buyer of an older invoice', 'buyer', 'vat-e-ordinary'],
  ] as const)('%s', async (_, role, kind) => {
    const plain = { ...madeInvoice(kind, { lines: 1, seed: 3 }), remark: null }
    const invoice = { ...plain, [role]: { ...plain[role], name } }
    for (const text of [
      wrap(layoutOf(invoice), [0, 3.8]),
      wrap(layoutOf(invoice), [-2, 1.8]),
      wrap(layoutOf(invoice), [-0.6, 0.6]),
      wrap(layoutOf(invoice), [0, 3.8], 20),
    ]) {
      const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))
      expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    }
  })
})

test('a tax id that stands under its label, and a sum of which the label is cut, are read', async () => {
  const text = layoutOf(base).flatMap((one) => {
    if (one.text === base.seller.taxId || one.text === base.buyer.taxId) return [{ ...one, x: one.x - 52, y: one.y + 4.2 }]
    if (one.text === '价税合计（大写）')
      return [
        { ...one, text: '价税合计（大', y: one.y - 3 },
        { ...one, text: '写）', y: one.y + 3 },
      ]
    return [one]
  })
  const { drafts } = await readFile(makePdf([{ invoices: [base], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([base])
})

test.each(['buyer', 'seller'] as const)('boxes side by side keep what is theirs where that of the %s begins lower', async (role) => {
  const { name, taxId } = base[role]
  const isLow = (one: Placed) => (role === 'buyer' ? one.x < 100 : one.x > 100) && one.y > 30 && one.y < 50
  const text = layoutOf(base).map((one) => (isLow(one) ? { ...one, y: one.y + 4.5 } : one))
  expect(text.filter((one) => one.text === name || one.text === taxId)).toHaveLength(2)
  const { drafts } = await readFile(makePdf([{ invoices: [base], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([base])
})

test('a box that is empty takes nothing from the one beside it', async () => {
  const text = layoutOf(base).filter((one) => one.text !== base.buyer.taxId)
  const low = text.map((one) =>
    one.text === base.seller.taxId ? { ...one, x: 130 } : one.x > 110 && one.text.startsWith('统一') ? { ...one, text: '' } : one,
  )
  const { drafts } = await readFile(makePdf([{ invoices: [base], text: low.filter((one) => one.text !== ''), qr: 'none' }]))
  expect(drafts[0]?.invoice.buyer.taxId).toBeNull()
})

test.each([1.41, 2])('what was printed %f times as large is read like any other', async (scale) => {
  const { drafts } = await readFile(makePdf([{ invoices: [base], qr: 'none', scale }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([base])
})

test('a label of which the end stands on the next line, before its id, and a name in Latin letters that breaks between words', async () => {
  const invoice = { ...base, seller: { ...base.seller, name: 'Demo Trading (Beijing) Co., Ltd' } }
  const text = layoutOf(invoice).flatMap((one) => {
    if (one.text.startsWith('统一')) return [{ ...one, text: '统一社会信用代码/纳税人识' }]
    if (one.text === invoice.seller.taxId || one.text === invoice.buyer.taxId)
      return [{ ...one, x: one.x - 52, y: one.y + 4.2, text: `别号：${one.text}` }]
    if (one.text === invoice.seller.name)
      return [
        { ...one, text: 'Demo Trading (Beijing) Co.,' },
        { ...one, text: 'Ltd', y: one.y + 3.8 },
      ]
    return [one]
  })
  const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
})

test('the end of a label of one box beside the beginning of the same label in the other makes no label of both', async () => {
  const text = layoutOf(base).flatMap((one) => {
    const by = one.x > 110 ? -4.2 : 0
    if (one.text.startsWith('统一')) return [{ ...one, text: '统一社会信用代码/纳税人识别', y: one.y + by }]
    if (one.text === base.seller.taxId || one.text === base.buyer.taxId)
      return [{ ...one, x: one.x - 52, y: one.y + 4.4 + by, text: `号:${one.text}` }]
    return [one]
  })
  const { drafts } = await readFile(makePdf([{ invoices: [base], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([base])
})

test('words across the page, aslant, are none of its values', async () => {
  const [shown] = base.lines
  const how = 'BT /F1 30 Tf 0.966 0.259 -0.259 0.966 120 215 Tm'
  const bytes = makePdf([{ invoices: [base], qr: 'none', how: `${how} <0003000500070009000B000D> Tj ET` }])
  expect((await readFile(bytes)).drafts[0]?.invoice.lines).toEqual([shown])
})

test('full-width brackets are as wide as they are high in a font of the system', async () => {
  const invoice = { ...base, lines: base.lines.map((line) => ({ ...line, name: '*演示类别*演示（货）物' })) }
  const text = layoutOf(invoice).flatMap((one) =>
    one.text.endsWith('（货）物')
      ? [
          { ...one, text: '*演示类别*演示（货）' },
          { ...one, text: '物', x: one.x + 10 * 3.175 },
        ]
      : [one],
  )
  const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }], { font: 'unigb' }))
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
})

test('a remark beside a long name of the seller is no part of it', async () => {
  const name = '演示某某某某某某某某某某某某某某（集团）股份有限公司'
  const plain = { ...madeInvoice('vat-e-ordinary', { lines: 1, seed: 3 }), remark: null }
  const invoice = { ...plain, seller: { ...plain.seller, name } }
  const y = layoutOf(invoice).find(({ text }) => text === name)?.y ?? 0
  const end = 31 + [...name].length * 3.175
  const heading = ['备', '注'].map((text, index) => ({ text, x: end + 0.6, y: y + 3 + index * 7 }))
  const text = [...layoutOf(invoice), ...heading, { text: '订单号演示', x: end + 3.9, y }]
  const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))
  expect(drafts[0]?.invoice.seller).toEqual(invoice.seller)
})

test('a Y in the place of the currency is one', async () => {
  const text = layoutOf(base).map((one) => (one.text === '¥' ? { ...one, text: 'Y' } : one))
  const { drafts } = await readFile(makePdf([{ invoices: [base], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([base])
})
