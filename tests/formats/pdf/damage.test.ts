import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Invoice } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { makePdf } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { digitalXml } from '../../fixtures/xml/index.ts'
import { readHonestly } from '../honest.ts'
import { readPictures } from './pictures.ts'

const vat = pdfInvoice('vat-e-ordinary')
const digital = pdfInvoice('digital-special')
const files: [string, Uint8Array<ArrayBuffer>, Invoice][] = [
  ['a table', makePdf([{ invoices: [vat], qr: 'bits' }]), vat],
  ['object streams', makePdf([{ invoices: [digital], qr: 'squares' }], { form: 'stream' }), digital],
  [
    'an embedded file',
    makePdf([{ invoices: [digital] }], { form: 'stream', attachments: [{ name: 'a.xml', data: digitalXml(digital) }] }),
    digital,
  ],
]
const elements = ['code', 'number', 'issuedOn', 'amount', 'amountExTax', 'tax', 'checkCode'] as const

describe.each(files)('with %s', (_, file, truth) => {
  const runs = { numRuns: 60 }
  test('cut anywhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (length) => void (await readHonestly(file.subarray(0, length), truth))),
      runs,
    )
  })
  test('with any bit flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (index, bit) => {
        const flipped = file.slice()
        flipped[index] = (flipped[index] ?? 0) ^ (1 << bit)
        await readHonestly(flipped, truth)
      }),
      runs,
    )
  })
  test('with bytes of chance in any place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.uint8Array({ minLength: 1, maxLength: 64 }), async (at, noise) => {
        const damaged = file.slice()
        damaged.set(noise.subarray(0, damaged.length - at), at)
        await readHonestly(damaged, truth)
      }),
      runs,
    )
  })
  test('with a part taken out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 400 }), async (at, length) => {
        await readHonestly(Uint8Array.from([...file.subarray(0, at), ...file.subarray(at + length)]), truth)
      }),
      runs,
    )
  })
})

test('no digit in plain text can be changed unseen where a QR or a sum stands against it', async () => {
  const file = makePdf([{ invoices: [vat] }], { font: 'unigb', plain: true })
  const text = new TextDecoder('latin1').decode(file)
  // Hexadecimal digits of codes such as <0031>: another last digit is another figure.
  const places = [...text.matchAll(/(?<=00)3[0-9](?=00|>)/g)].map(({ index }) => index + 1)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), fc.integer({ min: 1, max: 9 }), async (at, by) => {
      const edited = file.slice()
      edited[at] = 0x30 + (((edited[at] ?? 0) - 0x30 + by) % 10)
      const { drafts } = await readFile(edited, { readPictures })
      for (const { invoice, problems } of drafts) {
        const wrong = elements.filter((field) => invoice[field] !== null && invoice[field] !== vat[field])
        if (wrong.length > 0) expect([wrong, problems.length > 0]).toEqual([wrong, true])
      }
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['a wrong startxref', (text: string) => text.replace(/startxref\n\d+/, 'startxref\n7')],
  ['no startxref', (text: string) => text.slice(0, text.indexOf('startxref'))],
  ['no trailer', (text: string) => text.slice(0, text.indexOf('xref\n0'))],
  ['shifted offsets', (text: string) => text.replace('%PDF-1.7\n', '%PDF-1.7\n%one more line\n')],
  [
    'wrong lengths of streams',
    (text: string) => text.replaceAll(/\/Length (\d+)/g, (_, length: string) => `/Length ${'3'.padStart(length.length, '0')}`),
  ],
])('a file with %s is put together again, and says so where it had to', async (name, damage) => {
  const text = new TextDecoder('latin1').decode(makePdf([{ invoices: [vat] }]))
  const { drafts } = await readFile(
    Uint8Array.from(damage(text), (char) => {
      // `latin1` decodes as windows-1252, whose upper signs are turned back.
      const code = char.charCodeAt(0)
      return code < 256 ? code : (windows1252.get(code) ?? 0)
    }),
    { readPictures },
  )
  expect(drafts.map((draft) => draft.invoice)).toEqual([vat])
  expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(name.startsWith('wrong lengths') ? [] : ['file-repaired'])
})

const windows1252 = new Map(
  Array.from({ length: 32 }, (_, index) => [new TextDecoder('latin1').decode(Uint8Array.of(128 + index)).charCodeAt(0), 128 + index]),
)
