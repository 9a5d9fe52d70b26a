import { describe, expect, test } from 'vitest'
import type { Invoice, Line } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { Placed } from '../../fixtures/ofd/page.ts'
import { layoutOf, makePdf, type MadeOptions } from '../../fixtures/pdf/index.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'

// Cells with nothing left between them.

const base = { ...madeInvoice('digital-ordinary', { lines: 3, seed: 3 }), remark: null }
const read = async (invoice: Invoice, text: readonly Placed[], options: MadeOptions = {}) =>
  (await readFile(makePdf([{ invoices: [invoice], text, qr: 'none' }], options))).drafts[0]
const withFirst = (invoice: Invoice, change: Partial<Line>): Invoice => ({
  ...invoice,
  lines: invoice.lines.map((line, index) => (index === 0 ? { ...line, ...change } : line)),
})
/** The sums made up from the lines, of which the tax is let out. */
const summed = (invoice: Invoice): Invoice => {
  const lines = invoice.lines.map((line) => ({ ...line, taxRate: '免税', tax: null }))
  const net = lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
  return { ...invoice, lines, amountExTax: net, tax: null, amount: net }
}

describe('a name of goods that ends where its model begins', () => {
  const name = '*演示类别*演示货物某某'
  const width = 3.175 * 11
  const set = (invoice: Invoice) => layoutOf(invoice).map((one) => (one.text === name ? { ...one, x: 44 - width } : one))
  const shown = (lines: number): Invoice => {
    const invoice = { ...madeInvoice('digital-ordinary', { lines, seed: 3 }), remark: null }
    return { ...invoice, lines: invoice.lines.map((line, index) => ({ ...line, name, spec: index === 0 ? 'DX-12' : 'ABC' })) }
  }
  const touching = (invoice: Invoice) => {
    const at = layoutOf(invoice).find(({ text }) => text === name)?.y
    return set(invoice).map((one) => (one.text === name && one.y !== at ? { ...one, x: 4.5 } : one))
  }
  test('stands apart from it where the models of other lines begin there', async () => {
    const invoice = shown(3)
    const draft = await read(invoice, touching(invoice))
    expect(draft?.invoice).toEqual(invoice)
    expect(draft?.problems).toEqual([])
  })
  test('also where every character is drawn by itself, if two other models begin there', async () => {
    const invoice = shown(3)
    expect((await read(invoice, touching(invoice), { glyphs: true }))?.invoice.lines).toEqual(invoice.lines)
  })
  test('alone in its table is told to be doubtful', async () => {
    const invoice = shown(1)
    const draft = await read(invoice, touching(invoice))
    expect(draft?.problems.map(({ code }) => code)).toContain('field-doubtful')
  })
  test('and one that was drawn in one piece with its model too', async () => {
    const invoice = shown(3)
    const y = layoutOf(invoice).find(({ text }) => text === name)?.y
    const text = touching(invoice).flatMap((one) =>
      one.y !== y ? [one] : one.text === 'DX-12' ? [] : one.text === name ? [{ ...one, text: `${name}DX-12` }] : [one],
    )
    expect((await read(invoice, text))?.problems.map(({ code }) => code)).toContain('field-doubtful')
  })
  test('keeps pieces of its own that were drawn out of order', async () => {
    const invoice = withFirst(shown(3), { name: '*演示类别*演示（大）' })
    const text = layoutOf(invoice).flatMap((one) => {
      if (one.text !== '*演示类别*演示（大）') return [one]
      return [
        { ...one, text: '大', x: one.x + 3.175 * 8 },
        { ...one, text: '*演示类别*演示（' },
        { ...one, text: '）', x: one.x + 3.175 * 9 },
      ]
    })
    const draft = await read(invoice, text, { order: (list) => [...list.filter((one) => one.text === '大'), ...list] })
    expect(draft?.invoice).toEqual(invoice)
  })
})

describe('figures that touch', () => {
  const priced = summed(withFirst(base, { quantity: '3', unitPrice: '96.46', amount: 28_938 }))
  const y = layoutOf(priced).find(({ text }) => text === priced.lines[0]?.name)?.y
  const cells = (...gone: readonly string[]) => layoutOf(priced).filter((one) => one.y !== y || !gone.includes(one.text))
  test('price and amount, drawn apart', async () => {
    const text = [...cells('289.38'), { text: '289.38', x: 127, y: y ?? 0 }]
    const draft = await read(priced, text)
    expect(draft?.invoice).toEqual(priced)
    expect(draft?.problems).toEqual([])
  })
  test.each([
    ['price and amount', ['96.46', '289.38'], '96.46289.38', 119],
    ['all three', ['3', '96.46', '289.38'], '396.46289.38', 117],
    ['amount and rate', ['289.38', '免税'], '289.38免税', 150],
    ['price, amount and rate', ['96.46', '289.38', '免税'], '96.46289.38免税', 120],
    ['rate and tax', ['免税', '***'], '免税***', 180],
  ])('%s, in one piece', async (_, gone, text, x) => {
    expect((await read(priced, [...cells(...gone), { text, x, y: y ?? 0 }]))?.invoice).toEqual(priced)
  })
  test('that make up no amount are not guessed at', async () => {
    const draft = await read(priced, [...cells('96.46', '289.38'), { text: '96.47289.38', x: 119, y: y ?? 0 }])
    expect(draft?.invoice.lines).toEqual([])
    expect(draft?.problems.map(({ code }) => code)).toEqual(['lines-unread'])
  })
  test('a price of which the last digit is the quantity beside it stays whole, whoever draws digits one by one', async () => {
    const invoice = summed(withFirst(base, { quantity: '4', unitPrice: '72.094894', amount: 28_838 }))
    expect((await read(invoice, layoutOf(invoice), { glyphs: true }))?.invoice.lines).toEqual(invoice.lines)
  })
})

test('a name of one line that was drawn apart from what may be a model behind it is told, though it ends before the heading over models', async () => {
  const [line] = base.lines
  const invoice = { ...base, lines: [{ ...line!, name: '*演示类别*演示货物某L', spec: null }], amountExTax: line!.amount, tax: line!.tax }
  const whole = { ...invoice, amount: (line!.amount ?? 0) + (line!.tax ?? 0) }
  const text = layoutOf(whole).flatMap((one) =>
    one.text === '*演示类别*演示货物某L'
      ? [
          { ...one, text: '*演示类别*演示货物某', x: 6.6 },
          { ...one, text: 'L', x: 6.6 + 3.175 * 10 },
        ]
      : [one],
  )
  expect((await read(whole, text))?.problems.map(({ code }) => code)).toEqual(['field-doubtful'])
})
