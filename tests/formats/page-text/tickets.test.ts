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
      '校验码：12345 67890 12345 67890',
    )
    expect(draft?.problems).toEqual([])
    expect(draft?.invoice).toMatchObject({
      checkCode: '12345678901234567890',
      kind: 'vat-roll',
      issuedOn: '2021-03-09',
      amount: 5_600,
      seller: { name: '演示甲便利店', taxId: ids[0] },
      buyer: { name: '演示乙科技有限公司', taxId: ids[1] },
    })
  })
  test('a new vehicle has its sums, its buyer beside the number of their identity card, and its seller in boxes of their own', async () => {
    const lines = [
      '机动车销售统一发票',
      ...head('142002023222'),
      `购买方名称及身份证号码/组织机构代码 演示丙 110101199003070011  纳税人识别号 ${ids[1]}`,
      '车辆类型 轿车',
      '价税合计 壹拾万圆整 小写 ￥100000.00',
      '销货单位名称：演示丁汽车销售有限公司',
      `纳税人识别号 ${ids[0]}`,
      '增值税税率或征收率 13%',
      '增值税税额 ￥11504.42',
      '不含税价 小写 ￥88495.58',
    ]
    const draft = await list(...lines)
    expect(draft?.invoice).toMatchObject({
      kind: 'motor-vehicle',
      amount: 10_000_000,
      amountExTax: 8_849_558,
      tax: 1_150_442,
      buyer: { name: '演示丙', taxId: ids[1] },
      seller: { name: '演示丁汽车销售有限公司', taxId: ids[0] },
    })
    expect(draft?.checks).toContainEqual({ name: 'amount-in-words', ok: true })
    const without = await list(...lines.map((line) => line.replace(/ {2}纳税人识别号.*/, '')))
    expect(without?.invoice).toMatchObject({ buyer: { name: '演示丙', taxId: null }, seller: { taxId: ids[0] } })
  })
  test('a used vehicle has the price of the vehicle, and nothing of the market that it was sold on', async () => {
    const draft = await list(
      '二手车销售统一发票',
      ...head('042002000117'),
      '买方单位/个人 演示丙',
      `单位代码/身份证号码 ${ids[1]}`,
      '买方单位/个人住址 演示市演示路1号',
      '卖方单位/个人 演示丁旧机动车有限公司',
      `单位代码/身份证号码 ${ids[0]}`,
      '卖方单位/个人住址 演示市演示路2号',
      '车价合计（大写）叁万伍仟圆整 小写 ￥35000.00',
      '二手车市场 演示旧车市场有限公司',
      '纳税人识别号 91420100MA4K00001U',
    )
    expect(draft?.invoice).toMatchObject({
      kind: 'used-vehicle',
      amount: 3_500_000,
      buyer: { name: '演示丙', taxId: ids[1] },
      seller: { name: '演示丁旧机动车有限公司', taxId: ids[0] },
    })
  })
  test('a taxi has a day and a sum, and no sum where two are printed', async () => {
    const lines = ['演示市出租汽车统一车票', ...head('142002123456'), '车号 演A00000', '日期 2021-03-09', '金额 23.50元']
    const draft = await list(...lines)
    expect(draft?.invoice).toMatchObject({ kind: 'taxi', issuedOn: '2021-03-09', amount: 2_350 })
    expect(draft?.problems).toEqual([])
    expect((await list(...lines, '实收金额 25.50元'))?.invoice.amount).toBeNull()
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
