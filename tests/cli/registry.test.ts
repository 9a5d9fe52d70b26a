import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { makeOfd, makeZip } from '../fixtures/ofd/index.ts'
import { makePdf } from '../fixtures/pdf/index.ts'
import { pdfInvoice } from '../fixtures/pdf/invoices.ts'
import { digitalXml, eInvoiceXml, madeInvoice } from '../fixtures/xml/index.ts'

const header = 'kind,code,number,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state'
const row = (count: number) =>
  `digital-ordinary,,2611200${String(count).padStart(13, '0')},2026-09-24,100.00,6.00,106.00,,"甲, ""乙""",,B,,normal`
const csv = (...rows: string[]) => [header, ...rows, ''].join('\r\n')

function rehearsal(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  async function run(...argv: string[]) {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
    const exit = await dispatch(commands, argv, { stdin, stdout, stderr, env: { PIAOZAI_DATA: join(folder, 'data') } })
    const text = (stream: PassThrough) => ((stream.read() as Buffer | null) ?? '').toString()
    return { exit, out: text(stdout), err: text(stderr) }
  }
  const load = async (name = '') => {
    const { exit, out } = await run('registry', 'import', join(folder, name))
    const lines = out.trim().split('\n')
    return { exit, reports: lines.map((line) => ({ ...(JSON.parse(line) as object), file: undefined })) }
  }
  return { folder, run, load }
}

describe('registry import', () => {
  it('tells what was added, and the second time that nothing changed', async () => {
    const { load } = rehearsal({ 'a.csv': csv(row(1), row(2)) })
    expect(await load('a.csv')).toEqual({ exit: 0, reports: [{ added: 2, unchanged: 0, changed: 0, refused: [] }] })
    expect(await load('a.csv')).toEqual({ exit: 0, reports: [{ added: 0, unchanged: 2, changed: 0, refused: [] }] })
  })

  it('names each refused row and still loads the others', async () => {
    const { load } = rehearsal({ 'a.csv': csv(row(1), row(2).replace('106.00', 'much')) })
    expect(await load('a.csv')).toMatchObject({ exit: 1, reports: [{ added: 1, refused: [{ line: 3, reason: 'amount is not valid' }] }] })
  })

  it('takes the CSV files of a folder; one that is none does not spoil the others', async () => {
    const { load } = rehearsal({ 'a.csv': csv(row(1)), 'b.csv': 'hello', 'c.CSV': csv(row(2)), 'notes.txt': 'no' })
    const { exit, reports } = await load()
    expect(exit).toBe(1)
    expect(reports).toMatchObject([{ added: 1 }, { error: 'the header names a column that is not known: hello' }, { added: 1 }])
  })

  it('says of a file that is not there that it failed', async () => {
    const { load } = rehearsal({})
    expect(await load('none.csv')).toMatchObject({ exit: 1, reports: [{ error: expect.stringContaining('ENOENT') as string }] })
  })

  const invoice = madeInvoice('vat-e-ordinary', { seed: 4 })
  const digital = madeInvoice('digital-special', { seed: 5 })
  const ofd = (one = invoice) => makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(one) } })

  it('takes OFD, PDF, XML and ZIP, also deep in a folder; a second form of an invoice changes nothing', async () => {
    const { load, run } = rehearsal({
      'all.zip': makeZip([
        { name: '1.ofd', data: ofd() },
        { name: '2.xml', data: digitalXml(digital) },
      ]),
      'b.ofd': ofd(),
      'c.pdf': makePdf([{ invoices: [pdfInvoice('digital-ordinary', 9)] }]),
      'notes.txt': 'no',
    })
    const nothing = { added: 0, unchanged: 0, changed: 0, refused: [] }
    expect(await load()).toEqual({
      exit: 0,
      reports: [
        { ...nothing, added: 2 },
        { ...nothing, unchanged: 1 },
        { ...nothing, added: 1 },
      ],
    })
    expect(await load()).toEqual({
      exit: 0,
      reports: [
        { ...nothing, unchanged: 2 },
        { ...nothing, unchanged: 1 },
        { ...nothing, unchanged: 1 },
      ],
    })
    const { out } = await run('registry', 'export')
    for (const { number, seller, lines } of [invoice, digital])
      for (const value of [number, seller.name, lines[0]?.name]) expect(out).toContain(value)
  })

  it('completes a record from a file and never changes it: what differs is refused without quoting it', async () => {
    const known = { ...invoice, seller: { name: null, taxId: null }, lines: [] }
    const other = { ...invoice, buyer: { name: '另一家公司', taxId: invoice.buyer.taxId } }
    const { load, run } = rehearsal({ 'a.ofd': ofd(known), 'b.ofd': ofd(), 'c.ofd': ofd(other) })
    expect(await load('a.ofd')).toMatchObject({ exit: 0, reports: [{ added: 1 }] })
    expect(await load('b.ofd')).toMatchObject({ exit: 0, reports: [{ changed: 1 }] })
    const before = (await run('registry', 'export')).out
    expect(before).toContain(invoice.seller.name)
    expect(await load('a.ofd')).toMatchObject({ exit: 0, reports: [{ unchanged: 1 }] })
    const { exit, reports } = await load('c.ofd')
    expect([exit, reports]).toMatchObject([1, [{ refused: [{ reason: 'the registry has another buyerName' }] }]])
    expect(JSON.stringify(reports)).not.toContain('另一家公司')
    expect((await run('registry', 'export')).out).toBe(before)
  })

  it('refuses what is marked as doubtful, incomplete, broken or without an invoice, each with its reason', async () => {
    const { load, run } = rehearsal({
      'wrong.xml': digitalXml({ ...digital, tax: (digital.tax ?? 0) + 1 }),
      'undated.xml': digitalXml({ ...digital, issuedOn: null }),
      'broken.ofd': ofd().slice(0, 700),
      'other.xml': '<a/>',
    })
    expect(await load('wrong.xml')).toMatchObject({
      exit: 1,
      reports: [{ added: 0, refused: [{ reason: expect.stringMatching(/^marked: /) }] }],
    })
    expect(await load('undated.xml')).toMatchObject({
      exit: 1,
      reports: [{ refused: [{ reason: expect.stringMatching(/field-unreadable|issuedOn is missing/) }] }],
    })
    expect(await load('broken.ofd')).toMatchObject({
      exit: 1,
      reports: [{ refused: [{ reason: expect.stringMatching(/^(?:package|file)-/) }] }],
    })
    expect(await load('other.xml')).toMatchObject({ exit: 1, reports: [{ refused: [{ reason: expect.stringMatching(/^no-invoice/) }] }] })
    expect((await run('registry', 'export')).out.trim().split('\n')).toHaveLength(1)
  })

  it('without a file is not how it is used', async () => {
    const { run } = rehearsal({})
    expect((await run('registry', 'import')).exit).toBe(2)
  })
})

describe('registry export', () => {
  it('writes what was imported, in the form that is imported', async () => {
    const { load, run } = rehearsal({ 'a.csv': csv(row(2), row(1)) })
    await load('a.csv')
    const { exit, out } = await run('registry', 'export')
    expect([exit, out]).toEqual([0, `${header},lines\r\n${row(1)},\r\n${row(2)},\r\n`])
  })
})
