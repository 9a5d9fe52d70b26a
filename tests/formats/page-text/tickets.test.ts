import { describe, expect, test } from 'vitest'
import { formatMoney } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'

test('a rail ticket given back says what giving it back costs', async () => {
  const invoice = pdfInvoice('rail')
  const text = layoutOf(invoice).map((one) => ({ ...one, text: one.text.replace('票价', '退票费') }))
  const { drafts } = await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
})

test('an air ticket from which the fund is let out has its sums, and only where its parts make up the whole', async () => {
  const air = pdfInvoice('air')
  const invoice = { ...air, amount: (air.amount ?? 0) - 5_000 }
  const whole = formatMoney(air.amount ?? 0)
  const free = layoutOf(air).flatMap((one) =>
    one.text === '50.00' ? { ...one, text: '' } : one.text === whole ? { ...one, text: formatMoney(invoice.amount) } : one,
  )
  const read = async (text: typeof free) =>
    (await readFile(makePdf([{ invoices: [air], text: text.filter((one) => one.text !== ''), qr: 'none' }]))).drafts
  expect((await read(free)).map((draft) => draft.invoice)).toEqual([invoice])
  const [odd] = await read(free.map((one) => (one.text === formatMoney(invoice.amount) ? { ...one, text: whole } : one)))
  expect([odd?.invoice.amount, odd?.invoice.amountExTax, odd?.invoice.tax]).toEqual([null, null, null])
})

describe('forms with a label for everything', () => {
  const ids = ['91110000MA0000000H', '91310000MA1K000006'] as const
  const list = async (...lines: string[]) => {
    const text = lines.map((line, index) => ({ text: line, x: 10, y: 10 + index * 5 }))
    return (await readFile(makePdf([{ invoices: [pdfInvoice('fiscal')], text, qr: 'none' }]))).drafts[0]
  }
  const head = (code: string) => [`发票代码：${code}`, '发票号码：12345678']

  test('a roll has its seller first, and its sum by itself', async () => {
    const draft = await list(
      '演示增值税普通发票（卷票）',
      ...head('011009900107'),
      '机打号码：12345678 机器编号：499099800000',
      '销售方名称：演示甲便利店',
      `纳税人识别号：${ids[0]}`,
      '开票日期：2021-03-09 收款员：演示',
      '购买方名称：演示乙科技有限公司',
      `纳税人识别号：${ids[1]}`,
      '合计金额（小写）：￥56.00',
      '合计金额（大写）：伍拾陆元整',
    )
    expect(draft?.invoice).toMatchObject({
      kind: 'vat-roll',
      issuedOn: '2021-03-09',
      amount: 5_600,
      seller: { name: '演示甲便利店', taxId: ids[0] },
      buyer: { name: '演示乙科技有限公司', taxId: ids[1] },
    })
  })
  test('what goes on with 及 is no name of a buyer', async () => {
    const draft = await list(
      '机动车销售统一发票',
      ...head('142002023222'),
      '购买方名称及身份证号码/组织机构代码 演示丙 110101199003070011',
      '销货单位名称：演示丁汽车销售有限公司',
    )
    expect(draft?.invoice).toMatchObject({ kind: 'motor-vehicle', buyer: { name: null }, seller: { name: '演示丁汽车销售有限公司' } })
  })
  test('the chain of Shenzhen has a kind of its own, and so have taxis', async () => {
    expect((await list('深圳电子普通发票', ...head('144032009110')))?.invoice.kind).toBe('blockchain')
    expect((await list('演示市出租汽车统一车票', ...head('142002123456')))?.invoice.kind).toBe('taxi')
  })
  test('a kind of which only one digit of the code speaks is marked', async () => {
    const draft = await list(...head('142002123456'))
    expect(draft?.problems.map(({ code }) => code)).toContain('kind-guessed')
  })
})
