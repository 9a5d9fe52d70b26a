import { describe, expect, test } from 'vitest'
import { emptyInvoice, type Invoice } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { Placed } from '../../fixtures/ofd/page.ts'
import { makeOfd, makeZip, ofdEntries, qrPng } from '../../fixtures/ofd/index.ts'
import { layoutOf, makePdf } from '../../fixtures/pdf/index.ts'
import { chineseXml, digitalXml, eInvoiceXml, fiscalXml, madeInvoice, pinyinXml, qrPayload } from '../../fixtures/xml/index.ts'
import { readPictures } from '../pdf/pictures.ts'

// What other writers do, and what an unlucky reader would take for something else.

const ofXml = (xml: string) => readFile(new TextEncoder().encode(xml))
const ofPdf = (text: readonly Placed[], invoice: Invoice, qr: 'bits' | 'none' = 'none') =>
  readFile(makePdf([{ invoices: [invoice], text, qr }]), { readPictures })
const digital = madeInvoice('digital-special', { lines: 2, seed: 3 })
const vat = { ...madeInvoice('vat-e-ordinary', { lines: 2, seed: 3 }), remark: null }
const codes = (drafts: readonly { readonly problems: readonly { readonly code: string }[] }[]) =>
  drafts.flatMap(({ problems }) => problems.map(({ code }) => code))

/** The same invoice taken back. */
function red(invoice: Invoice): Invoice {
  const minus = (fen: number | null) => (fen === null ? null : -fen)
  return {
    ...invoice,
    amountExTax: minus(invoice.amountExTax),
    tax: minus(invoice.tax),
    amount: minus(invoice.amount),
    lines: invoice.lines.map((line) => ({ ...line, quantity: `-${line.quantity}`, amount: minus(line.amount), tax: minus(line.tax) })),
    remark: null,
  }
}

/** The same invoice without tax. */
function untaxed(invoice: Invoice, taxRate: string): Invoice {
  const lines = invoice.lines.map((line) => ({ ...line, taxRate, tax: null }))
  return { ...invoice, lines, tax: null, amount: invoice.amountExTax, remark: null }
}

describe('a red invoice', () => {
  const taken = red(digital)
  test.each([
    ['by PDF text', () => ofPdf(layoutOf(taken), taken)],
    ['by PDF text and QR', () => ofPdf(layoutOf(taken), taken, 'bits')],
    ['by OFD tags and text', () => readFile(makeOfd({ page: taken, tags: { layout: 'root' } }))],
    ['by OFD tags of goods', () => readFile(makeOfd({ page: taken, tags: { layout: 'eInvoice' }, customData: taken }))],
    ['by Chinese XML', () => ofXml(chineseXml([taken]))],
    ['by pinyin XML', () => ofXml(pinyinXml(taken))],
  ])('%s: every field exact, negative, all sums holding', async (_, read) => {
    const { drafts } = await read()
    expect(drafts.map(({ invoice }) => invoice)).toEqual([taken])
    expect(codes(drafts)).toEqual([])
    expect(drafts[0]?.checks.filter(({ ok }) => ok === false)).toEqual([])
  })
  test.each(['被红冲蓝字数电发票号码：', '对应正数发票号码：', '原发票号码：'])('its remark %s is no number of its own', async (label) => {
    const remark = { text: `${label}25112000000007777777`, x: 20, y: 116 }
    const { drafts } = await ofPdf([...layoutOf(taken), remark], taken)
    expect(drafts.map(({ invoice }) => invoice.number)).toEqual([taken.number])
    expect(codes(drafts)).toEqual([])
    // Without a number of its own it has none.
    const headless = layoutOf(taken).filter(({ text }) => text !== taken.number)
    const [draft] = (await ofPdf([...headless, remark], taken)).drafts
    expect(draft?.invoice.number ?? null).toBeNull()
  })
  test('a number low on the page is doubtful, whatever stands before it', async () => {
    const headless = layoutOf(taken).filter(({ text }) => text !== taken.number)
    const { drafts } = await ofPdf([...headless, { text: '发票号码：25112000000007777777', x: 20, y: 116 }], taken)
    expect(codes(drafts)).toContain('field-doubtful')
  })
})

describe.each(['免税', '不征税'])('an invoice that is %s', (rate) => {
  const free = untaxed(vat, rate)
  test.each([
    ['by PDF text and QR', () => ofPdf(layoutOf(free), free, 'bits')],
    ['by OFD tags and text', () => readFile(makeOfd({ page: free, tags: { layout: 'root' }, customData: free }))],
    ['by an attachment', () => readFile(makeOfd({ page: free, attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(free) } }))],
    ['by Chinese XML', () => ofXml(chineseXml([free]))],
  ])('%s: every field exact', async (_, read) => {
    const { drafts } = await read()
    expect(drafts.map(({ invoice }) => invoice)).toEqual([free])
    expect(codes(drafts)).toEqual([])
  })
})

describe('words of a page that are not where they usually are', () => {
  test('two numbers beside one another are never one', async () => {
    const text = [...layoutOf(vat), { text: vat.number ?? '', x: 188, y: 15.8 }]
    const { drafts } = await ofPdf(text, vat)
    expect(drafts[0]?.invoice.number === vat.number || codes(drafts).includes('number-doubtful')).toBe(true)
  })
  test('a tax id with more digits behind it is none', async () => {
    const id = layoutOf(vat).find(({ text }) => text === vat.buyer.taxId)
    const text = [...layoutOf(vat), { text: '0571', x: (id?.x ?? 0) + 30, y: id?.y ?? 0 }]
    const { drafts } = await ofPdf(text, vat)
    expect([vat.buyer.taxId, null]).toContain(drafts[0]?.invoice.buyer.taxId)
  })
  test('names that are set around the middle of their cells are left out, not joined to others', async () => {
    const [first, second] = vat.lines
    const at = layoutOf(vat).find(({ text }) => text === second?.name)?.y ?? 0
    const text = [
      ...layoutOf(vat).map((one) => (one.y >= at && one.y < 90 ? { ...one, y: one.y + 8 } : one)),
      { text: '*演示类别*甲', x: 4.5, y: at + 5 },
    ]
    const { drafts } = await ofPdf(text, vat)
    const names = drafts[0]?.invoice.lines.map(({ name }) => name) ?? []
    expect(names.every((name) => name === first?.name || name === second?.name)).toBe(true)
  })
  test('a seller on the left is the seller, where the headings say so', async () => {
    const { seller, buyer } = digital
    const text = [
      ...layoutOf({ ...digital, buyer: seller, seller: buyer, remark: null }),
      ...['销', '售', '方', '信', '息'].map((char, index) => ({ text: char, x: 4, y: 32 + index * 4 })),
      ...['购', '买', '方', '信', '息'].map((char, index) => ({ text: char, x: 105, y: 32 + index * 4 })),
    ]
    const { drafts } = await ofPdf(text, digital)
    expect([drafts[0]?.invoice.seller, drafts[0]?.invoice.buyer]).toEqual([seller, buyer])
  })
  test('amounts in words that do not say the sum are told', async () => {
    const text = layoutOf(vat).map((one) =>
      /圆|元/.test(one.text) && /[壹贰叁肆伍陆柒捌玖]/.test(one.text) ? { ...one, text: '玖佰圆整' } : one,
    )
    const { drafts } = await ofPdf(text, vat)
    expect(drafts[0]?.checks).toContainEqual({ name: 'amount-in-words', ok: false })
    expect(codes(drafts)).toContain('check-failed')
  })
  test('full-width figures are figures', async () => {
    const wide = (text: string) => text.replace(/[0-9.-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
    const { drafts } = await ofPdf(
      layoutOf(vat).map((one) => (one.line === undefined ? { ...one, text: wide(one.text) } : one)),
      vat,
    )
    expect(drafts.map(({ invoice }) => ({ ...invoice, seller: vat.seller, buyer: vat.buyer }))).toEqual([vat])
  })
  test('a paper invoice of the 数电 series has its short number and its own kind', async () => {
    const paper: Invoice = { ...madeInvoice('vat-special', { seed: 3 }), kind: 'digital-paper-special', checkCode: null, remark: null }
    const text = [...layoutOf({ ...paper, kind: 'vat-special' }), { text: '数电票号码：26112000000007777777', x: 60, y: 24.5 }]
    const { drafts } = await ofPdf(text, paper)
    expect(drafts.map(({ invoice }) => invoice)).toEqual([paper])
    expect(codes(drafts)).toEqual([])
  })
})

describe('QRs', () => {
  test('two of one invoice that say different sums are told', async () => {
    const says = [digital, { ...digital, amount: (digital.amount ?? 0) + 100 }]
    const pictures = says.map((one, index) => ({ name: `${index}.png`, bytes: qrPng(qrPayload(one)) }))
    const { drafts } = await readFile(makeOfd({ pictures }), { readPictures })
    expect(codes(drafts)).toContain('conflict')
  })
})

describe('OFDs of other writers', () => {
  test.each(['', 'ns0:', 'OFD:'])('with the prefix "%s"', async (prefix) => {
    const entries = ofdEntries({ page: digital, customData: digital, tags: { layout: 'root' } }).map((entry) => ({
      ...entry,
      data: String(entry.data)
        .replaceAll('ofd:', prefix)
        .replace('xmlns:ofd', prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`),
    }))
    const { drafts } = await readFile(makeZip(entries))
    expect(drafts.map(({ invoice }) => invoice)).toEqual([digital])
    expect(codes(drafts)).toEqual([])
  })
  test('in GBK, and stored in another case', async () => {
    const gbk = await import('../../fixtures/pdf/fonts.ts')
    const entries = ofdEntries({ page: vat, customData: vat, attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(vat) } }).map(
      ({ name, data }) => ({ name: String(name).toUpperCase(), data: gbk.gbkBytes(String(data).replace('UTF-8', 'GBK')) }),
    )
    const { drafts } = await readFile(makeZip(entries))
    expect(drafts.map(({ invoice }) => invoice)).toEqual([vat])
  })
  test('a tag of whose objects one is not there gives no value, and says so', async () => {
    const entries = ofdEntries({ page: digital, tags: { layout: 'root' } })
    const page = entries.map(({ name, data }) => ({ name, data: String(data) }))
    const tags = page.map((entry) =>
      String(entry.name).endsWith('CustomTag.xml')
        ? { ...entry, data: entry.data.replace('<TaxTotalAmount>', '<TaxTotalAmount><ofd:ObjectRef PageRef="1">77777</ofd:ObjectRef>') }
        : entry,
    )
    const [draft] = (await readFile(makeZip(tags))).drafts
    expect(draft?.provenance.tax).toBe('text')
    expect(codes(draft ? [draft] : [])).toContain('part-missing')
  })
})

describe('XML of other writers', () => {
  test('a 财政电子票据', async () => {
    const bill: Invoice = {
      ...emptyInvoice('fiscal'),
      code: '11060126',
      number: '1000023757',
      issuedOn: '2026-04-04',
      checkCode: 'A1B2C3',
      amount: 12_345,
      seller: { name: '演示市第一人民医院', taxId: null },
      buyer: { name: '演示甲', taxId: null },
      lines: [],
    }
    const { drafts } = await ofXml(fiscalXml(bill))
    expect(drafts.map(({ invoice }) => invoice)).toEqual([bill])
    expect(codes(drafts)).toEqual([])
  })
  test('taxes of lines that do not make up the tax are told', async () => {
    const [first, ...rest] = digital.lines
    const wrong = { ...digital, lines: first ? [{ ...first, tax: (first.tax ?? 0) + 1 }, ...rest] : [] }
    const { drafts } = await ofXml(digitalXml(wrong))
    expect(drafts[0]?.checks).toContainEqual({ name: 'line-sums', ok: false })
    expect(codes(drafts)).toContain('check-failed')
  })
  test('a paper invoice of the 数电 series has its short number and its own kind', async () => {
    const paper = madeInvoice('vat-ordinary', { seed: 5 })
    const xml = chineseXml([paper]).replace('<发票号码>', '<数电票号码>26112000000007777777</数电票号码><发票号码>')
    const { drafts } = await ofXml(xml)
    expect(drafts.map(({ invoice }) => invoice)).toEqual([{ ...paper, kind: 'digital-paper-ordinary' }])
    expect(codes(drafts)).toEqual([])
  })
})

test('goods of several pages stay in their lines', async () => {
  const invoice = { ...madeInvoice('digital-special', { lines: 4, seed: 3 }), remark: null }
  const { drafts } = await readFile(makeOfd({ page: invoice, tags: { layout: 'root' }, pageBreak: 2 }))
  expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
  expect(codes(drafts)).toEqual([])
  const untagged = await readFile(makeOfd({ page: invoice, pageBreak: 2 }))
  expect(untagged.drafts.map((draft) => draft.invoice)).toEqual([invoice])
})
