import { describe, expect, test } from 'vitest'
import type { Invoice, Kind } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { ReadOptions } from '../../../src/formats/file/reading.ts'
import { makeOfd, makeZip, ofdEntries, qrPng, type OfdRoutes } from '../../fixtures/ofd/index.ts'
import { eInvoiceXml, invXml, madeInvoice, qrPayload, raiXml } from '../../fixtures/xml/index.ts'
import { readPictures } from '../pdf/pictures.ts'

const read = async (routes: OfdRoutes, options: ReadOptions = { readPictures }) => readFile(makeOfd(routes), options)
const original = (xml: string) => ({ name: 'original_invoice.xml', xml })
const codesOf = (draft: { problems: readonly { code: string }[] } | undefined) => draft?.problems.map(({ code }) => code)

const vatKinds: Kind[] = ['vat-e-ordinary', 'vat-e-special', 'toll']
const allKinds: Kind[] = [...vatKinds, 'digital-special', 'digital-ordinary']

describe.each(allKinds)('%s', (kind) => {
  const invoice = madeInvoice(kind, { lines: 3, seed: 3 })

  test('by custom tags', async () => {
    for (const layout of ['eInvoice', 'root'] as const) {
      const { drafts, format } = await read({ page: invoice, tags: { layout } })
      expect(format).toBe('ofd')
      expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
      expect(drafts[0]?.provenance.number).toBe('tag')
      expect(drafts[0]?.problems).toEqual([])
    }
  })

  test('by custom data and a QR picture', async () => {
    const { drafts } = await read({ customData: invoice, pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload(invoice)) }] })
    const { kind: read_, code, number, issuedOn, amount, amountExTax, tax, checkCode } = drafts[0]?.invoice ?? invoice
    expect({ kind: read_, code, number, issuedOn, amount, amountExTax, tax, checkCode }).toEqual({
      kind: kind === 'toll' ? 'toll' : invoice.kind,
      code: invoice.code,
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      amount: invoice.amount,
      amountExTax: invoice.amountExTax,
      tax: invoice.tax,
      checkCode: invoice.checkCode,
    })
    expect(drafts[0]?.checks).toContainEqual({ name: 'qr-vs-text', ok: true })
  })

  test('by its printed text alone', async () => {
    const { drafts } = await read({ page: invoice })
    expect(drafts.map((draft) => draft.invoice)).toEqual([{ ...invoice, remark: null }])
    expect(drafts[0]?.provenance.amount).toBe('text')
    expect(drafts[0]?.problems).toEqual([])
  })

  test('by its printed text alone, every character an object', async () => {
    const { drafts } = await read({ page: invoice, glyphs: true })
    expect(drafts.map((draft) => draft.invoice)).toEqual([{ ...invoice, remark: null }])
    expect(drafts[0]?.problems).toEqual([])
  })

  test('by the QR picture alone, where all text is drawn', async () => {
    const { drafts } = await read({ pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload(invoice)) }] })
    expect(drafts[0]?.invoice).toMatchObject({ kind: invoice.kind, number: invoice.number, issuedOn: invoice.issuedOn })
    expect(drafts[0]?.provenance.number).toBe('qr')
  })

  test('by every route at once', async () => {
    const attachment = kind.startsWith('digital') ? undefined : original(eInvoiceXml(invoice))
    const routes: OfdRoutes = {
      page: invoice,
      customData: invoice,
      tags: { layout: 'root' },
      pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload(invoice)) }],
    }
    const { drafts } = await read(attachment ? { ...routes, attachment } : routes)
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
    expect(drafts[0]?.checks.filter(({ ok }) => ok === false)).toEqual([])
  })
})

describe.each(vatKinds)('%s attached', (kind) => {
  const invoice = madeInvoice(kind, { lines: 100, seed: 9 })
  test.each([
    ['as eInvoice', original(eInvoiceXml(invoice))],
    ['as inv instance', { name: 'inv_ord_issuer_1.xml', xml: invXml(invoice) }],
  ])('%s', async (_, attachment) => {
    const { drafts } = await read({ attachment })
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.provenance.lines).toBe('attachment')
  })
})

test('a rail ticket attached as rai instance', async () => {
  const invoice = madeInvoice('rail', { lines: 1, rate: 9 })
  const { drafts } = await read({
    attachment: { name: 'rai_issuer.xml', xml: raiXml(invoice) },
    pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload(invoice)) }],
  })
  expect(drafts[0]?.invoice).toMatchObject({
    kind: 'rail',
    number: invoice.number,
    amount: invoice.amount,
    amountExTax: invoice.amountExTax,
  })
  expect(drafts[0]?.problems).toEqual([])
})

describe('two routes that disagree are told, and the more trustworthy is shown', () => {
  const invoice = madeInvoice('vat-e-ordinary', { lines: 2 })
  const edits: [string, Partial<Invoice>][] = [
    ['amountExTax', { amountExTax: (invoice.amountExTax ?? 0) + 100 }],
    ['tax', { tax: 1 }],
    ['amount', { amount: 99_999 }],
    ['number', { number: '12345678' }],
    ['issuedOn', { issuedOn: '2026-01-01' }],
    ['seller.taxId', { seller: { name: invoice.seller.name, taxId: '91440000MA50000000' } }],
  ]
  test.each(edits)('%s in the custom data', async (field, edit) => {
    const { drafts } = await read({ attachment: original(eInvoiceXml(invoice)), customData: { ...invoice, ...edit } })
    expect(drafts[0]?.invoice).toEqual(invoice)
    expect(drafts[0]?.problems.find(({ code }) => code === 'conflict')?.message).toContain(`${field}: the attachment says`)
  })
  test.each(edits)('%s on the page', async (_, edit) => {
    const { drafts } = await read({ attachment: original(eInvoiceXml(invoice)), page: { ...invoice, ...edit } })
    expect(drafts[0]?.invoice).toEqual(invoice)
    expect(codesOf(drafts[0])).toContain('conflict')
  })
  test('goods lines on the page', async () => {
    const [first, ...rest] = invoice.lines
    const page = { ...invoice, lines: first ? [{ ...first, name: '*演示*另一种' }, ...rest] : [] }
    const { drafts } = await read({ attachment: original(eInvoiceXml(invoice)), page, tags: { layout: 'eInvoice' } })
    expect(codesOf(drafts[0])).toContain('conflict')
  })
  test('the QR picture', async () => {
    const { drafts } = await read({
      attachment: original(eInvoiceXml(invoice, '')),
      pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload({ ...invoice, amountExTax: 1 })) }],
    })
    expect(codesOf(drafts[0])).toContain('conflict')
    expect(drafts[0]?.checks).toContainEqual({ name: 'qr-vs-text', ok: false })
  })
})

describe('what is missing or broken is told, and the rest is read', () => {
  const invoice = madeInvoice('vat-e-ordinary')
  const all: OfdRoutes = { page: invoice, customData: invoice, tags: { layout: 'eInvoice' }, attachment: original(eInvoiceXml(invoice)) }

  test.each(
    ofdEntries(all)
      .map(({ name }) => name as string)
      .filter((name) => name !== 'OFD.xml'),
  )('without %s', async (name) => {
    const { drafts } = await readFile(makeZip(ofdEntries(all).filter((entry) => entry.name !== name)))
    expect(drafts[0]?.invoice).toMatchObject({ number: invoice.number, amountExTax: invoice.amountExTax })
    expect(codesOf(drafts[0])?.length).toBeGreaterThan(0)
  })
  test.each(
    ofdEntries(all)
      .map(({ name }) => name as string)
      .filter((name) => name !== 'OFD.xml'),
  )('with a damaged %s', async (name) => {
    const entries = ofdEntries(all).map((entry) => (entry.name === name ? { ...entry, data: '<a><b></a>' } : entry))
    const { drafts } = await readFile(makeZip(entries))
    expect(drafts[0]?.invoice.number).toBe(invoice.number)
    expect(codesOf(drafts[0])).toContain('xml-broken')
  })
  test('a picture in JBIG2 is one problem', async () => {
    const jb2 = Uint8Array.from([0x97, 0x4a, 0x42, 0x32])
    const { drafts } = await read({ customData: invoice, pictures: ['a', 'b'].map((name) => ({ name: `${name}.jb2`, bytes: jb2 })) })
    expect(codesOf(drafts[0])?.filter((code) => code === 'picture-undecodable')).toEqual(['picture-undecodable'])
  })
  test('pictures that nobody looked at', async () => {
    const { drafts } = await read({ customData: invoice, pictures: [{ name: 'qr.png', bytes: qrPng('01,') }] }, {})
    expect(codesOf(drafts[0])).toContain('pictures-not-read')
  })
  test('an OFD without an invoice was read, and says so', async () => {
    expect(await read({})).toMatchObject({ state: 'read', drafts: [], problems: [{ code: 'no-invoice' }] })
  })
  test('a DOCTYPE in any part read refuses the file', async () => {
    const hostile = eInvoiceXml(invoice).replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')
    expect(await read({ ...all, attachment: original(hostile) })).toMatchObject({
      state: 'refused',
      drafts: [],
      problems: [{ code: 'xml-doctype' }],
    })
  })
})

test('several documents in one package give each its invoice', async () => {
  const invoices = [madeInvoice('vat-e-ordinary', { seed: 1 }), madeInvoice('vat-e-ordinary', { seed: 2 })]
  const entries = invoices.flatMap((invoice, index) =>
    ofdEntries({ attachment: original(eInvoiceXml(invoice)) }).map((entry) => ({
      ...entry,
      name: String(entry.name).replace('Doc_0', `Doc_${index}`),
      data: String(entry.data).replaceAll('Doc_0', `Doc_${index}`),
    })),
  )
  const bodies = entries.filter(({ name }) => name === 'OFD.xml').map(({ data }) => /<ofd:DocBody>[^]*<\/ofd:DocBody>/.exec(data)?.[0])
  const main = { name: 'OFD.xml', data: `<ofd:OFD xmlns:ofd="x">${bodies.join('')}</ofd:OFD>` }
  const { drafts } = await readFile(makeZip([main, ...entries.filter(({ name }) => name !== 'OFD.xml')]))
  expect(drafts.map(({ invoice, page }) => [invoice.number, page])).toEqual(invoices.map(({ number }, index) => [number, index + 1]))
})

test('a document that is listed twice gives its invoice once, and those behind it keep their pages', async () => {
  const invoice = madeInvoice('vat-e-ordinary')
  const body = (custom: string) =>
    `<a:DocBody><a:DocInfo><a:CustomDatas><a:CustomData Name="备注">${custom}</a:CustomData></a:CustomDatas></a:DocInfo><a:DocRoot>Doc_0/Document.xml</a:DocRoot></a:DocBody>`
  const main = `<a:OFD>${body('')}${body('')}${body('x')}${body('')}</a:OFD>`
  const entries = ofdEntries({ page: invoice }).map((entry) => (entry.name === 'OFD.xml' ? { ...entry, data: main } : entry))
  const { drafts } = await readFile(makeZip(entries))
  expect(drafts.map(({ invoice: { number }, page }) => [number, page])).toEqual([
    [invoice.number, 1],
    [invoice.number, 3],
  ])
})

test('a page of far more objects than an invoice has is not read, and that is told; the attached invoice is', async () => {
  const invoice = madeInvoice('vat-e-ordinary')
  const objects = '<TextObject Boundary="1 1 9 9"><TextCode X="0" Y="0">1</TextCode></TextObject>'.repeat(6_000)
  const entries = ofdEntries({ page: invoice, attachment: original(eInvoiceXml(invoice)) }).map((entry) =>
    /Page_0\/Content\.xml$/.test(String(entry.name)) ? { ...entry, data: `<a>${objects}</a>` } : entry,
  )
  const [draft] = (await readFile(makeZip(entries))).drafts
  expect(draft?.invoice.amount).toBe(invoice.amount)
  expect(draft?.problems).toContainEqual({ code: 'xml-limit', message: expect.stringContaining('Page_0/Content.xml') as string })
})

test('an attached invoice of as many goods lines as are read is read whole', async () => {
  const invoice = madeInvoice('vat-e-ordinary', { lines: 2_000 })
  const { drafts } = await readFile(makeOfd({ attachment: original(eInvoiceXml(invoice)) }))
  expect(drafts.map((draft) => [draft.invoice.lines.length, draft.problems])).toEqual([[2_000, []]])
})

test('references in circles come to an end', async () => {
  const invoice = madeInvoice('vat-e-ordinary')
  const entries = ofdEntries({ customData: invoice }).map((entry) =>
    entry.name === 'Doc_0/Document.xml'
      ? {
          ...entry,
          data: '<a><Attachments>Document.xml</Attachments><CustomTags>../OFD.xml</CustomTags><CommonData><DocumentRes>Document.xml</DocumentRes><TemplatePage ID="1" BaseLoc="Document.xml"/></CommonData><Pages><Page ID="1" BaseLoc="/OFD.xml"/></Pages></a>',
        }
      : entry,
  )
  expect((await readFile(makeZip(entries))).drafts[0]?.invoice.number).toBe(invoice.number)
})
