import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import { fromWireInvoice, invoice as wireInvoice } from '../../src/api/index.ts'
import { commands } from '../../src/cli/commands.ts'
import { dispatch } from '../../src/cli/dispatch.ts'
import { makeOfd, makeZip, qrPng } from '../fixtures/ofd/index.ts'
import { digitalXml, eInvoiceXml, madeInvoice, qrPayload } from '../fixtures/xml/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'inspect-'))
afterAll(() => rmSync(folder, { recursive: true }))

const digital = madeInvoice('digital-special', { seed: 1 })
const vat = madeInvoice('vat-e-ordinary', { seed: 2 })
const files = {
  'one.xml': digitalXml(digital),
  'two.ofd': makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(vat) } }),
  'drawn.ofd': makeOfd({ pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload(vat)) }] }),
  'qr.png': qrPng(qrPayload(vat)),
  'broken.xml': '<a',
  'other.xml': '<a/>',
  'mail/all.zip': makeZip([
    { name: '1.xml', data: digitalXml(digital) },
    { name: '2.ofd', data: makeOfd({ customData: vat }) },
  ]),
  'mail/readme.txt': 'hello',
}
for (const [name, content] of Object.entries(files)) {
  mkdirSync(join(folder, 'mail'), { recursive: true })
  writeFileSync(join(folder, name), content)
}

async function inspect(...paths: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const exit = await dispatch(commands, ['inspect', ...paths.map((path) => (path.startsWith('--') ? path : join(folder, path)))], {
    stdin,
    stdout,
    stderr,
    env: {},
  })
  const text = String(stdout.read() ?? '')
  return {
    exit,
    lines: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    errors: String(stderr.read() ?? ''),
  }
}

test('a line is what the contract says', async () => {
  const { exit, lines } = await inspect('one.xml')
  expect(exit).toBe(0)
  expect(Object.keys(lines[0])).toEqual([
    'file',
    'format',
    'page',
    'invoice',
    'provenance',
    'completeness',
    'checks',
    'authenticity',
    'problems',
  ])
  expect(lines).toMatchObject([
    {
      file: join(folder, 'one.xml'),
      format: 'xml',
      page: 1,
      provenance: { number: 'xml' },
      completeness: { missing: [] },
      authenticity: { verdict: 'unsigned', signer: null, signedAt: null, issuer: null, trustList: 1, uncovered: [], altered: [] },
      problems: [],
    },
  ])
  expect(fromWireInvoice(wireInvoice.parse(lines[0].invoice)).number).toBe(digital.number)
  expect(lines[0].invoice.amount).toMatch(/^\d+\.\d\d$/)
})

test('a picture and an OFD of pictures are read from their QR', async () => {
  const { exit, lines } = await inspect('qr.png', 'drawn.ofd')
  expect(exit).toBe(0)
  expect(lines.map(({ format, invoice, provenance }) => [format, invoice.number, provenance.number])).toEqual([
    ['image', vat.number, 'qr'],
    ['ofd', vat.number, 'qr'],
  ])
})

test('what an invoice still lacks is named', async () => {
  const { lines } = await inspect('qr.png')
  expect(lines[0].completeness).toEqual({ missing: [] })
  writeFileSync(join(folder, 'lacks.xml'), digitalXml({ ...digital, amount: null }))
  expect((await inspect('lacks.xml')).lines[0].completeness).toEqual({ missing: ['amount'] })
  rmSync(join(folder, 'lacks.xml'))
})

test('a file without an invoice was read; one that cannot be read has failed, and the others are read', async () => {
  expect(await inspect('other.xml')).toMatchObject({ exit: 0, lines: [{ invoice: null, problems: [{ code: 'no-invoice' }] }] })
  const { exit, lines } = await inspect('broken.xml', 'missing.xml', 'one.xml')
  expect(exit).toBe(1)
  expect(lines.map(({ invoice, problems }) => [invoice?.number ?? null, problems[0]?.code])).toEqual([
    [null, 'xml-broken'],
    [null, 'file-unreadable'],
    [digital.number, undefined],
  ])
})

test('folders are read through, ZIPs name what is in them', async () => {
  const { exit, lines } = await inspect('mail')
  expect(exit).toBe(0)
  expect(lines.map(({ file, invoice }) => [file, invoice?.number ?? null])).toEqual([
    [join(folder, 'mail/all.zip/1.xml'), digital.number],
    [join(folder, 'mail/all.zip/2.ofd'), vat.number],
    [join(folder, 'mail/readme.txt'), null],
  ])
  expect((await inspect('mail/readme.txt')).exit).toBe(1)
})

test('nothing to read and unknown options are mistakes in use', async () => {
  expect((await inspect()).exit).toBe(2)
  expect(await inspect('--fast')).toMatchObject({ exit: 2, lines: [] })
})

test('no line and no message ever holds a stack trace', async () => {
  const { lines, errors } = await inspect(...Object.keys(files))
  expect(JSON.stringify(lines) + errors).not.toMatch(/\bat .*\.ts:\d/)
})
