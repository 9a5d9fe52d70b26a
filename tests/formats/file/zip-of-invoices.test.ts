import { expect, test } from 'vitest'
import { readFile, readFiles } from '../../../src/formats/index.ts'
import { makeOfd, makeZip } from '../../fixtures/ofd/index.ts'
import { digitalXml, eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'

const first = madeInvoice('digital-special', { seed: 1 })
const second = madeInvoice('vat-e-ordinary', { seed: 2 })
const xml = digitalXml(first)
const ofd = makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(second) } })

test('each file of a ZIP is read by its content, whatever its name, and named by its path', async () => {
  const { drafts, format } = await readFile(
    makeZip([
      { name: 'a/1.pdf', data: xml },
      { name: '2.xml', data: ofd, store: true },
    ]),
    { file: 'mail.zip' },
  )
  expect(format).toBe('zip')
  expect(drafts.map(({ file, format: of, invoice }) => [file, of, invoice.number])).toEqual([
    ['mail.zip/a/1.pdf', 'xml', first.number],
    ['mail.zip/2.xml', 'ofd', second.number],
  ])
})

test('a ZIP that stores a PDF is a ZIP', async () => {
  const readings = []
  const zip = makeZip([
    { name: 'a.pdf', data: '%PDF-1.7', store: true },
    { name: 'b.xml', data: xml },
  ])
  for await (const { format, drafts } of readFiles(zip)) readings.push([format, drafts.length])
  expect(readings).toEqual([
    ['pdf', 0],
    ['xml', 1],
  ])
})

test('names are made readable as mail programs wrote them', async () => {
  const gbk = Uint8Array.from([0xb7, 0xa2, 0xc6, 0xb1, 0x2e, 0x78, 0x6d, 0x6c])
  const names = [gbk, '%E5%8F%91%E7%A5%A8%201.xml', '%B7%A2%C6%B1.2.xml', '=?utf-8?B?5Y+R56Wo?=3.xml', '100%.xml', '..%2F..%2Fetc.xml']
  const { drafts } = await readFile(makeZip(names.map((name) => ({ name, data: xml, flags: 0 }))), { file: 'a.zip' })
  expect(drafts.map(({ file }) => file)).toEqual([
    'a.zip/发票.xml',
    'a.zip/发票 1.xml',
    'a.zip/发票.2.xml',
    'a.zip/发票3.xml',
    'a.zip/100%.xml',
    'a.zip/..%2F..%2Fetc.xml',
  ])
})

test('one archive inside another is opened, a third is not', async () => {
  const inner = makeZip([{ name: 'x.xml', data: xml }])
  const middle = makeZip([
    { name: 'inner.zip', data: inner },
    { name: 'y.ofd', data: ofd },
  ])
  expect((await readFile(middle)).drafts).toHaveLength(2)
  const outer = await readFile(makeZip([{ name: 'middle.zip', data: middle }]))
  expect(outer.drafts.map(({ file }) => file)).toEqual(['archive.zip/middle.zip/y.ofd'])
  expect(outer.problems[0]?.message).toContain('archives')
})

test('one bad file does not take the others with it', async () => {
  const readings = []
  const zip = makeZip([
    { name: 'bad.xml', data: '<a' },
    { name: 'bomb', data: new Uint8Array(900_000), size: 10 },
    { name: 'crc.xml', data: xml, crc: 5 },
    { name: 'note.txt', data: 'hello' },
    { name: 'good.xml', data: xml },
  ])
  for await (const reading of readFiles(zip, { file: 'a.zip' })) readings.push(reading)
  expect(readings.map(({ state, problems }) => [state, problems[0]?.code])).toEqual([
    ['refused', 'xml-broken'],
    ['refused', 'package-size'],
    ['refused', 'package-checksum'],
    ['read', 'format-unknown'],
    ['read', undefined],
  ])
})

test('an abort ends a ZIP between two files', async () => {
  const abort = new AbortController()
  const readings = []
  for await (const reading of readFiles(makeZip([1, 2, 3].map((name) => ({ name: `${name}.xml`, data: xml }))), { signal: abort.signal })) {
    readings.push(reading)
    abort.abort()
  }
  expect(readings.map(({ problems }) => problems[0]?.code)).toEqual([undefined, 'aborted'])
})

test('a file that takes too long is left, the others are read', async () => {
  let now = 0
  const clock = () => (now += 1)
  const slow = makeOfd({ page: madeInvoice('vat-e-ordinary', { lines: 200 }), tags: { layout: 'eInvoice' } })
  const readings = []
  const zip = makeZip([
    { name: 'slow.ofd', data: slow },
    { name: 'quick.xml', data: xml },
  ])
  for await (const reading of readFiles(zip, { now: clock, perFile: 8 })) readings.push(reading)
  expect(readings.map(({ problems }) => problems[0]?.code)).toEqual(['deadline', undefined])
})

test.each([
  ['nothing', new Uint8Array(), 'format-unknown'],
  ['a text', new TextEncoder().encode('hello'), 'format-unknown'],
  ['a web page', new TextEncoder().encode('<!DOCTYPE html><html></html>'), 'xml-doctype'],
  ['a PDF', new TextEncoder().encode('%PDF-1.7'), 'file-damaged'],
  ['a picture without a reader', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), 'format-unsupported'],
])('%s is refused with a reason', async (_, bytes, code) => {
  expect(await readFile(bytes)).toMatchObject({ state: 'refused', drafts: [], problems: [{ code }] })
})
