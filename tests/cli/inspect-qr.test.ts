import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { invoice as wireInvoice } from '../../src/api/index.ts'
import { inspectQr } from '../../src/cli/commands/inspect-qr.ts'
import { makePayload, seeded } from '../fixtures/qr-payload.ts'
import { piaozai } from './process.ts'

const one = '01,31,,26442000004359167806,1705400.00,20260421,,8EEF'

test('a payload becomes the line of the contract', async () => {
  const { exit, out } = await piaozai(['inspect', '--qr'], `${one}\n`)
  expect(exit).toBe(0)
  expect(out.endsWith('}\n')).toBe(true)
  expect(JSON.parse(out)).toEqual({
    file: null,
    format: 'qr',
    invoice: {
      kind: 'digital-special',
      code: null,
      number: '26442000004359167806',
      issuedOn: '2026-04-21',
      amountExTax: null,
      tax: null,
      amount: '1705400.00',
      checkCode: null,
      seller: { name: null, taxId: null },
      buyer: { name: null, taxId: null },
      lines: [],
      remark: null,
    },
    checks: [
      { name: 'qr-crc', ok: true },
      { name: 'number-vs-date', ok: true },
      { name: 'region', ok: true },
    ],
    problems: [],
  })
})

test('every input line has its output line, in order, whatever it holds', async () => {
  const { exit, out } = await piaozai(['inspect', '--qr'], `\uFEFF${one}\r\n\nhello\n$01$YWJj$\n${'x'.repeat(1_000_000)}\n${one}`)
  expect(exit).toBe(0)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { invoice: unknown; problems: { code: string }[] })
  expect(lines.map(({ invoice, problems }) => (invoice === null ? problems.map(({ code }) => code).join() : 'invoice'))).toEqual([
    'invoice',
    'qr-empty',
    'qr-not-an-invoice',
    'qr-title',
    'qr-too-long',
    'invoice',
  ])
})

test('no input gives no output, exit 0', async () => {
  expect(await piaozai(['inspect', '--qr'], '')).toEqual({ exit: 0, out: '', err: '' })
})

test('lines and characters may be cut anywhere by the pipe', async () => {
  const bytes = Buffer.from(`${one.replaceAll(',', '，')}\r\n${one}\n`)
  const whole = await piaozai(['inspect', '--qr'], bytes)
  const cut = await piaozai(['inspect', '--qr'], Readable.from(Array.from(bytes, (byte) => Buffer.of(byte))))
  expect(cut).toEqual(whole)
  expect(whole.out.split('\n')).toHaveLength(3)
})

test('every generated payload gives an invoice that the wire accepts', async () => {
  const fraction = seeded(7)
  const texts = Array.from({ length: 300 }, () => makePayload(fraction, { deviation: 'none' }).text)
  const { out } = await piaozai(['inspect', '--qr'], texts.join('\n'))
  const invoices = out
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { invoice: unknown }).invoice)
  expect(invoices).toHaveLength(300)
  for (const invoice of invoices) expect(wireInvoice.safeParse(invoice).success).toBe(true)
})

test('input is not gathered: the first answer comes before the last question', async () => {
  async function* endless() {
    for (;;) {
      yield Buffer.from(`${one}\n`.repeat(100))
      await new Promise((done) => setImmediate(done))
    }
  }
  const stdout = new PassThrough()
  const running = inspectQr({ stdin: Readable.from(endless()), stdout, stderr: new PassThrough(), env: {} }).catch(
    (error: unknown) => error,
  )
  const [first] = (await once(stdout, 'data')) as [Buffer]
  expect(String(first)).toContain('26442000004359167806')
  stdout.on('error', () => {}).destroy(new Error('enough'))
  expect(await running).toBeInstanceOf(Error)
})

test('--qr takes no files, exit 2', async () => {
  expect((await piaozai(['inspect', '--qr', 'a.pdf'])).exit).toBe(2)
})

test('inspect alone asks what to read, exit 2', async () => {
  expect((await piaozai(['inspect'])).exit).toBe(2)
})
