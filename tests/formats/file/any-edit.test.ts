import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import type { FileReading } from '../../../src/formats/file/reading.ts'
import type { Invoice } from '../../../src/domain/index.ts'
import { makeZip, ofdEntries, type OfdRoutes } from '../../fixtures/ofd/index.ts'
import { chineseXml, digitalXml, eInvoiceXml, invXml, madeInvoice, pinyinXml } from '../../fixtures/xml/index.ts'

const elements = ['code', 'number', 'issuedOn', 'amount', 'amountExTax', 'tax', 'checkCode'] as const

/** The elements that are read wrong and not marked: what must never be. */
function silentlyWrong({ drafts }: FileReading, truth: Invoice): string[] {
  return drafts.flatMap(({ invoice, problems }) =>
    problems.length > 0 ? [] : elements.filter((field) => invoice[field] !== null && invoice[field] !== truth[field]),
  )
}

/** Every text in which one digit of this one is another digit. */
function edited(text: string): fc.Arbitrary<string> {
  const places = [...text.matchAll(/\d/g)].map(({ index }) => index)
  return fc
    .tuple(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }))
    .map(([at, by]) => text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1))
}

const vat = madeInvoice('vat-e-ordinary', { lines: 2 })
const digital = madeInvoice('digital-special', { lines: 2 })
const packages: [string, Invoice, OfdRoutes][] = [
  [
    'by attachment, tags, custom data and text',
    vat,
    { page: vat, customData: vat, tags: { layout: 'eInvoice' }, attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(vat) } },
  ],
  ['by tags, custom data and text', digital, { page: digital, customData: digital, tags: { layout: 'root' } }],
  [
    'by an instance, custom data and text',
    vat,
    { page: vat, customData: vat, attachment: { name: 'inv_ord_issuer.xml', xml: invXml(vat) } },
  ],
]

test.each(packages)('no digit of any part of an OFD can be changed unseen: %s', async (_, truth, routes) => {
  const entries = ofdEntries(routes)
  const edits = fc
    .integer({ min: 0, max: entries.length - 1 })
    .chain((index) => edited(String(entries[index]?.data)).map((data) => ({ index, data })))
  await fc.assert(
    fc.asyncProperty(edits, async ({ index, data }) => {
      const reading = await readFile(makeZip(entries.map((entry, at) => (at === index ? { ...entry, data } : entry))))
      expect(silentlyWrong(reading, truth)).toEqual([])
    }),
    { numRuns: 300 },
  )
})

// In a file of one route only what stands there twice, or is made up of other numbers, can be checked.
test.each([
  ['EInvoice', digital, digitalXml(digital), ['number', 'issuedOn', 'amount', 'amountExTax', 'tax']],
  ['eInvoice with its QR text', vat, eInvoiceXml(vat), ['code', 'number', 'issuedOn', 'checkCode', 'amount', 'amountExTax', 'tax']],
  ['inv instance', vat, invXml(vat), ['amount', 'amountExTax', 'tax']],
  ['Chinese names', digital, chineseXml([digital]), ['amount', 'amountExTax', 'tax']],
  ['pinyin', digital, pinyinXml(digital), ['amount', 'amountExTax', 'tax']],
])('no digit that another one depends on can be changed unseen: %s', async (_, truth, xml, guarded) => {
  await fc.assert(
    fc.asyncProperty(edited(xml), async (text) => {
      const wrong = silentlyWrong(await readFile(new TextEncoder().encode(text)), truth)
      expect(wrong.filter((field) => guarded.includes(field))).toEqual([])
    }),
    { numRuns: 300 },
  )
})
