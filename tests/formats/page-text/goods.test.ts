import { describe, expect, test } from 'vitest'
import type { Invoice, Line } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { Placed } from '../../fixtures/ofd/page.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'

const base = { ...madeInvoice('digital-ordinary', { lines: 2, seed: 3 }), remark: null }
const read = async (invoice: Invoice, text: readonly Placed[] = layoutOf(invoice)) =>
  (await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }]))).drafts
const withLines = (change: (line: Line) => Line): Invoice => ({ ...base, lines: base.lines.map(change) })

describe('goods lines', () => {
  test('a price of many digits begins under the quantity and is still the price', async () => {
    const [first, second] = base.lines
    const lines = [{ ...first!, quantity: '4', unitPrice: '14.1100000000000' }, second!]
    const [draft] = await read({ ...base, lines }, layoutOf({ ...base, lines }))
    expect(draft?.invoice.lines).toEqual(lines)
  })
  test('a price so long that it lies over its quantity is no doubt, where both make up the amount; where they do not, it is', async () => {
    const [first] = base.lines
    const codes = async (quantity: string) => {
      const line = { ...first!, quantity, unitPrice: '1361.3861386138615', amount: 4_084_158, tax: 40_842, taxRate: '1%' }
      const invoice = { ...base, lines: [line], amountExTax: line.amount, tax: line.tax, amount: line.amount + line.tax }
      const [draft] = await read(invoice)
      expect(draft?.invoice.lines).toEqual([line])
      return draft?.problems.map(({ code }) => code)
    }
    expect(await codes('30')).toEqual([])
    expect(await codes('31')).toContain('text-overlapping')
  })
  test.each(['41.11000000000', '4.10000000000000'])(
    'a quantity and a price that are read as one number are told apart by the amount, or left out',
    async (unitPrice) => {
      const [first, second] = base.lines
      const y = layoutOf(base).find(({ text }) => text === first?.name)?.y ?? 0
      const amount = Math.round(3 * Number(unitPrice) * 100)
      const lines = [{ ...first!, quantity: '3', unitPrice, amount, tax: null, taxRate: '免税' }, second!]
      const invoice = {
        ...base,
        lines,
        amountExTax: amount + (second?.amount ?? 0),
        tax: second?.tax ?? 0,
        amount: amount + (second?.amount ?? 0) + (second?.tax ?? 0),
      }
      const touching = (product: string) => [
        ...layoutOf(invoice).filter((one) => one.y !== y || (one.text !== '3' && one.text !== unitPrice)),
        { text: product, x: 100, y },
      ]
      expect((await read(invoice, touching(`3${unitPrice}`)))[0]?.invoice.lines).toEqual(lines)
      const [odd] = await read(invoice, touching(`5${unitPrice}`))
      expect(odd?.invoice.lines[0]).toMatchObject({ quantity: null, unitPrice: null })
    },
  )
  test('quantity and price in one piece are two', async () => {
    const [first] = base.lines
    const y = layoutOf(base).find(({ text }) => text === first?.name)?.y ?? 0
    const text = layoutOf(base).flatMap((one) =>
      one.y !== y
        ? [one]
        : one.text === first?.unitPrice
          ? []
          : one.text === first?.quantity
            ? [{ ...one, text: `${one.text} ${first.unitPrice ?? ''}` }]
            : [one],
    )
    expect((await read(base, text)).map((draft) => draft.invoice)).toEqual([base])
  })
  test('tax on a part of the price has no rate', async () => {
    const invoice = withLines((line) => ({ ...line, taxRate: null }))
    expect((await read(invoice)).map((draft) => draft.invoice)).toEqual([invoice])
  })
  test('the end of a model that is a number goes on with the model', async () => {
    const invoice = withLines((line) => ({ ...line, spec: `${line.spec ?? ''}8.`, name: line.name }))
    const [first, second] = invoice.lines
    const y = layoutOf(invoice).find(({ text }) => text === second?.name)?.y ?? 0
    const text = [...layoutOf(invoice).map((one) => (one.y >= y && one.y < 90 ? { ...one, y: one.y + 4.5 } : one)), { text: '5', x: 44, y }]
    const [draft] = await read(invoice, text)
    expect(draft?.invoice.lines).toEqual([{ ...first, spec: `${first?.spec ?? ''}5` }, second])
  })
  test('a number under the quantities is no part of a model: then there are no lines', async () => {
    const y = layoutOf(base).find(({ text }) => text === base.lines[1]?.name)?.y ?? 0
    const text = [...layoutOf(base).map((one) => (one.y >= y && one.y < 90 ? { ...one, y: one.y + 4.5 } : one)), { text: '5', x: 96, y }]
    expect((await read(base, text))[0]?.invoice.lines).toEqual([])
  })
  test.each(['零税率', '出口零税率', '普通零税率'])('a rate may be %s', async (taxRate) => {
    const free = withLines((line) => ({ ...line, taxRate, tax: 0 }))
    const invoice = { ...free, tax: 0, amount: free.amountExTax }
    expect((await read(invoice)).map((draft) => draft.invoice)).toEqual([invoice])
  })
  test.each([
    [
      ['出行人', '有效身份证件号', '出行日期', '出发地', '到达地'],
      ['演示甲', '110101199003070000', '2026-03-01', '演示市', '演示县'],
    ],
    [
      ['运输工具种类', '运输工具牌号', '起运地', '到达地', '运输货物名称'],
      ['公路运输', '京A00000', '演示市', '演示县', '12.50'],
    ],
  ])('a second table below them is none of them: %s', async (heads, cells) => {
    const set = (texts: readonly string[], y: number) => texts.map((text, index) => ({ text, x: 6 + index * 40, y }))
    const text = [...layoutOf(base), ...set(heads, 78), ...set(cells, 83)]
    expect((await read(base, text)).map((draft) => draft.invoice)).toEqual([base])
  })
  test('of a red invoice have their sums with the sign on either side of the currency', async () => {
    const minus = (fen: number | null) => (fen === null ? null : -fen)
    const taken = withLines((line) => ({ ...line, quantity: `-${line.quantity ?? ''}`, amount: minus(line.amount), tax: minus(line.tax) }))
    const invoice = { ...taken, amountExTax: minus(base.amountExTax), tax: minus(base.tax), amount: minus(base.amount) }
    const text = layoutOf(invoice).map((one, index, all) =>
      one.text === '¥' ? { ...one, text: '-¥' } : all[index - 1]?.text === '¥' ? { ...one, text: one.text.slice(1) } : one,
    )
    expect((await read(invoice, text)).map((draft) => draft.invoice)).toEqual([invoice])
  })
})
