import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { Placed } from '../../fixtures/ofd/page.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'

// Goods whose names and models take several lines of their cells, around the line of the numbers.

const base = { ...madeInvoice('digital-ordinary', { lines: 3, seed: 3 }), remark: null }
const names = ['*演示类别*演示货物某某某某某某某某', '*演示类别*演示货物', '*演示某某类别*演示货物某某某某某某某某某某某某某某某']
const starred = { ...base, lines: base.lines.map((line, index) => ({ ...line, name: names[index] ?? null })) }
const plain = { ...base, lines: base.lines.map((line, index) => ({ ...line, name: (names[index] ?? '').replaceAll('*', '') })) }
const height = 3.6

/** The texts of an invoice with these of its cells cut into lines of `most` characters, set around the middle of rows as high as they need. */
function centred(invoice: typeof base, most: number, cut: 'name' | 'spec' = 'name'): Placed[] {
  const [first] = layoutOf(invoice).filter(({ text }) => text === invoice.lines[0]?.name)
  const tops = invoice.lines.map(({ [cut]: text }) => Math.ceil((text ?? '').length / most) * height + 2)
  let top = (first?.y ?? 0) - 2
  const middles = tops.map((high) => (top += high) - high / 2)
  const end = top
  return layoutOf(invoice).flatMap((one) => {
    const index = Math.round((one.y - (first?.y ?? 0)) / 4.5)
    if (one.y >= 94) return [{ ...one, y: one.y + Math.max(0, end - 84) }]
    if (one.y < (first?.y ?? 0) || index >= middles.length) return [one]
    const middle = middles[index] ?? 0
    if (one.text !== invoice.lines[index]?.[cut]) return [{ ...one, y: middle }]
    const parts = one.text.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []
    return parts.map((text, at) => ({ ...one, text, y: middle + (at - (parts.length - 1) / 2) * height }))
  })
}
const read = async (text: readonly Placed[]) => (await readFile(makePdf([{ invoices: [base], text, qr: 'none' }]))).drafts

describe('cells set around their middle', () => {
  test.each([5, 6, 7, 9, 12])('names that begin with their category, cut after %i characters', async (most) => {
    expect((await read(centred(starred, most))).map((draft) => draft.invoice)).toEqual([starred])
  })
  test.each([5, 6, 7, 9, 12])('names that do not, cut after %i characters', async (most) => {
    expect((await read(centred(plain, most))).map((draft) => draft.invoice)).toEqual([plain])
  })
  test('models alone', async () => {
    const invoice = { ...base, lines: base.lines.map((line, index) => ({ ...line, spec: 'ABCDEFGH'.slice(0, 4 + 2 * index) })) }
    expect((await read(centred(invoice, 4, 'spec'))).map((draft) => draft.invoice)).toEqual([invoice])
  })
  test('where nobody can tell whose a word is there are no lines, and that is told', async () => {
    const text = centred(plain, 12)
    const stray = { text: '演示', x: 4.5, y: (text.find((one) => one.text.startsWith('演示某某类别'))?.y ?? 0) - height }
    const [draft] = await read([...text, stray])
    expect(draft?.invoice.lines).toEqual([])
    expect(draft?.problems.map(({ code }) => code)).toEqual(['lines-unread'])
  })
})

test('the end of the last name is its own, however near together its lines are set', async () => {
  const last = base.lines.at(-1)
  const place = layoutOf(base).find(({ text }) => text === last?.name)
  const more = [4.5, 7.5, 10.2].map((by) => ({ text: '某某', x: 4.5, y: (place?.y ?? 0) + by }))
  const lines = base.lines.map((line) => (line === last ? { ...line, name: `${line.name ?? ''}某某某某某某` } : line))
  expect((await read([...layoutOf(base), ...more])).map((draft) => draft.invoice)).toEqual([{ ...base, lines }])
})

test('that nothing follows is no part of a name', async () => {
  const y = layoutOf(base).find(({ text }) => text === base.lines.at(-1)?.name)?.y ?? 0
  const text = [...layoutOf(base), { text: '（以下空白）', x: 4.5, y: y + 4.5 }, { text: '以下空白', x: 44, y: y + 9 }]
  expect((await read(text)).map((draft) => draft.invoice)).toEqual([base])
})

test('a page whose lines do not make up its sum says that it has lines', async () => {
  const text = layoutOf(base).filter((one) => one.y < 60 || one.y > 61)
  const [draft] = await read(text)
  expect(draft?.invoice.lines).toEqual([])
  expect(draft?.problems.map(({ code }) => code)).toEqual(['lines-unread'])
})

describe('headings that their cells are too narrow for', () => {
  const broken = (text: string, parts: readonly string[]) =>
    layoutOf(base).flatMap((one) =>
      one.text === text ? parts.map((part, at) => ({ ...one, text: part, y: one.y + (at - (parts.length - 1) / 2) * 3.2 })) : [one],
    )
  test.each([
    ['税率/征收率', ['税率/征', '收率']],
    ['规格型号', ['规格', '型号']],
    ['单 位', ['单', '位']],
    ['项目名称', ['项目名', '称']],
    ['金 额', ['金', '额']],
  ])('%s', async (text, parts) => {
    expect((await read(broken(text, parts))).map((draft) => draft.invoice)).toEqual([base])
  })
})

test('the end of a line of a name that is one character, and looks like a side heading, is part of the name', async () => {
  const [first] = base.lines
  const invoice = {
    ...base,
    lines: base.lines.map((line, index) => (index === 0 ? { ...line, name: '*演示类别*演示货物某某某信' } : line)),
  }
  const y = layoutOf(base).find(({ text }) => text === first?.name)?.y ?? 0
  const text = layoutOf(invoice).flatMap((one) => {
    if (one.y <= y || one.y > 90)
      return one.text.endsWith('某信')
        ? [
            { ...one, text: '*演示类别*演示货物某某某' },
            { ...one, text: '信', y: y + 3.4 },
          ]
        : [one]
    return [{ ...one, y: one.y + 4.5 }]
  })
  expect((await read(text)).map((draft) => draft.invoice)).toEqual([invoice])
})

describe('a list of goods on sheets of its own', () => {
  const vat = { ...madeInvoice('vat-e-ordinary', { lines: 5, seed: 3 }), remark: null }
  const total = vat.lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
  const front = layoutOf({
    ...vat,
    lines: [
      { name: '（详见销货清单）', spec: null, unit: null, quantity: null, unitPrice: null, amount: total, taxRate: '6%', tax: vat.tax },
    ],
  })
  const sheet = (from: number, to: number): Placed[] => {
    const part = { ...vat, lines: vat.lines.slice(from, to) }
    const table = layoutOf(part).filter(({ y }) => y > 55 && y < 85)
    const heads = table.map((one) => (one.text === '项目名称' ? { ...one, text: '货物（劳务）名称' } : one))
    return [
      { text: '销售货物或者提供应税劳务清单', x: 70, y: 14 },
      { text: `所属增值税电子普通发票代码：${vat.code} 号码：${vat.number}`, x: 10, y: 40 },
      { text: '小计', x: 20, y: 90 },
      ...heads,
    ]
  }
  const all = async (...texts: readonly (readonly Placed[])[]) =>
    (await readFile(makePdf(texts.map((text) => ({ invoices: [vat], text, qr: 'none' as const }))))).drafts
  test('gives the invoice its lines', async () => {
    const drafts = await all(front, sheet(0, 3), sheet(3, 5))
    expect(drafts.map((draft) => draft.invoice)).toEqual([vat])
    expect(drafts[0]?.problems).toEqual([])
  })
  test('gives none where a sheet of it is missing, and that is told', async () => {
    const [draft] = await all(front, sheet(0, 3))
    expect(draft?.invoice.lines).toEqual([])
    expect(draft?.problems.map(({ code }) => code)).toEqual(['lines-unread'])
  })
})

describe('a name that reaches into the column of models', () => {
  const touching = (spec: string | null) => ({
    ...base,
    lines: base.lines.map((line) => ({ ...line, name: '*演示类别*演示货物某某某某某某', spec })),
  })
  test('may hold the model that touches it, and is told as doubtful', async () => {
    const [draft] = await read(layoutOf(touching(null)))
    expect(draft?.problems.map(({ code }) => code)).toEqual(['field-doubtful'])
  })
  test('is none where a model stands beside it', async () => {
    const invoice = touching('DX-12')
    const [draft] = await read(layoutOf(invoice).map((one) => (one.text === 'DX-12' ? { ...one, x: one.x + 9 } : one)))
    expect(draft?.problems).toEqual([])
  })
})

test('the end of a name under a side heading that ends in the same character is part of the name', async () => {
  const name = '*演示类别*演示货物信息'
  const plain = { ...madeInvoice('digital-ordinary', { lines: 1, seed: 3 }), remark: null }
  const invoice = { ...plain, lines: plain.lines.map((line) => ({ ...line, name })) }
  const heading = [...'购买方信息'].map((text, index) => ({ text, x: 4.5, y: 42 + index * 3.2 }))
  const text = layoutOf(invoice).flatMap((one) =>
    one.text === name
      ? [
          { ...one, text: name.slice(0, -1) },
          { ...one, text: '息', y: one.y + 4 },
        ]
      : [one],
  )
  expect((await read([...heading, ...text])).map((draft) => draft.invoice)).toEqual([invoice])
})
