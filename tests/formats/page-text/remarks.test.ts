import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { Placed } from '../../fixtures/ofd/page.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'

// What people write below the sums, which is nothing that the invoice says of itself.

const digital = { ...madeInvoice('digital-ordinary', { lines: 2, seed: 3 }), remark: null }
const vat = { ...madeInvoice('vat-e-ordinary', { lines: 2, seed: 3 }), remark: null }
const said = [
  '项目名称：演示花园一期',
  '名称：演示酒店',
  '购买方名称：演示丙公司',
  '销售方名称：演示丁公司',
  '统一社会信用代码/纳税人识别号：91110000MA0000000G',
  '开票日期：2025年01月02日',
  '发票号码：25112000000007777777',
  '发票代码：011009900199',
  '校验码：12345678901234567890',
  '合计 ¥100.00 ¥6.00',
  '开户银行：演示银行 银行账号：6222020200099998888 金额：￥9999.00',
]

describe.each([
  ['under the sums of a 数电票', digital, { x: 11, y: 108 }],
  ['beside the seller of an older invoice', vat, { x: 130, y: 107 }],
] as const)('a remark %s', (_, invoice, place) => {
  test.each(said)('%s', async (text) => {
    const remark: Placed = { text, ...place }
    const { drafts } = await readFile(makePdf([{ invoices: [invoice], text: [...layoutOf(invoice), remark], qr: 'none' }]))
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
  })
})

test('two invoices on a sheet are two, whatever the first one remarks', async () => {
  const second = { ...madeInvoice('digital-ordinary', { lines: 1, seed: 6 }), remark: null }
  const below = layoutOf(second).map((one) => ({ ...one, y: one.y + 140 }))
  const text = [...layoutOf(digital), { text: '发票号码：25112000000007777777', x: 11, y: 108 }, ...below]
  const { drafts } = await readFile(makePdf([{ invoices: [digital, second], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([digital, second])
})

describe('two invoices beside one another', () => {
  const second = { ...madeInvoice('digital-ordinary', { lines: 1, seed: 6 }), remark: null }
  const beside = (shift: number, down = 0) => [
    ...layoutOf(digital),
    ...layoutOf(second).map((one) => ({ ...one, x: one.x + shift, y: one.y + down })),
  ]
  test.each([0, 3])('are two, where nothing is printed across and one stands %i mm lower', async (down) => {
    const { drafts } = await readFile(makePdf([{ invoices: [digital], text: beside(215, down), qr: 'none' }]))
    expect(drafts.map((draft) => draft.invoice)).toEqual([digital, second])
    expect(drafts.flatMap(({ problems }) => problems)).toEqual([])
  })
  test('are told, where something is', async () => {
    const { drafts, problems } = await readFile(makePdf([{ invoices: [digital], text: beside(190), qr: 'none' }]))
    expect(drafts).toEqual([])
    expect(problems.map(({ code }) => code)).toContain('field-ambiguous')
  })
})

test('a sheet that only goes on with the remark is no invoice, whatever number it names', async () => {
  const rest = [
    { text: '备注', x: 7, y: 20 },
    { text: '发票号码：25112000000007777777', x: 14, y: 20 },
    { text: '名称：演示酒店', x: 14, y: 25 },
  ]
  const { drafts } = await readFile(
    makePdf([{ invoices: [digital] }, { invoices: [digital], text: rest }].map((page) => ({ ...page, qr: 'none' }))),
  )
  expect(drafts.map((draft) => draft.invoice)).toEqual([digital])
  expect(drafts[0]?.problems).toEqual([])
})

test('an invoice too long for its sheet ends on the next', async () => {
  const vat = { ...madeInvoice('vat-e-ordinary', { lines: 3, seed: 3 }), remark: null }
  const [upper, lower] = [layoutOf(vat).filter(({ y }) => y < 92), layoutOf(vat).filter(({ y }) => y >= 92)]
  const pages = [upper, lower.map((one) => ({ ...one, y: one.y - 85 }))].map((text) => ({ invoices: [vat], text, qr: 'none' as const }))
  const { drafts } = await readFile(makePdf(pages))
  expect(drafts.map((draft) => draft.invoice)).toEqual([vat])
})
