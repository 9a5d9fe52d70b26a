import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { aesDecrypt, aesEncrypt } from '../../../src/formats/pdf/crypt/aes.ts'
import { md5, sha2 } from '../../../src/formats/pdf/crypt/digest.ts'
import { rc4 } from '../../../src/formats/pdf/crypt/rc4.ts'
import { lockForms, makeLock, makePdf } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { digitalXml } from '../../fixtures/xml/index.ts'
import { readPictures } from './pictures.ts'

const invoice = pdfInvoice('digital-special')
const amount = '106.00'

describe.each(lockForms)('a PDF encrypted by %s', (form) => {
  test.each(['table', 'stream'] as const)('for nobody in particular is read like any other (%s)', async (file) => {
    const bytes = makePdf([{ invoices: [invoice], qr: 'indexed' }], { lock: makeLock(form), form: file })
    const { drafts } = await readFile(bytes, { readPictures })
    expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
    expect(drafts[0]?.problems).toEqual([])
    expect(drafts[0]?.checks).toContainEqual({ name: 'qr-vs-text', ok: true })
  })

  test('its strings and attachments too', async () => {
    const bytes = makePdf([{ invoices: [invoice], qr: 'none', noText: true }], {
      lock: makeLock(form),
      info: { InvoiceNumber: invoice.number ?? '', 'TotalTax-includedAmount': amount },
      attachments: [{ name: 'a.xml', data: digitalXml(invoice) }],
    })
    const { drafts } = await readFile(bytes, { readPictures })
    expect(drafts[0]?.invoice).toMatchObject({ number: invoice.number, amount: invoice.amount, seller: invoice.seller })
    expect(drafts[0]?.problems.map(({ message }) => message)).toContain(
      `amount: the attachment says ${invoice.amount}, the info-dict says 10600`,
    )
  })

  test('put together again when its cross-reference is gone', async () => {
    for (const file of ['table', 'stream'] as const) {
      const whole = makePdf([{ invoices: [invoice] }], { lock: makeLock(form), form: file })
      const at = Buffer.from(whole).lastIndexOf('startxref')
      const { drafts } = await readFile(whole.slice(0, at), { readPictures })
      expect(drafts.map((draft) => draft.invoice)).toEqual([invoice])
      expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(['file-repaired'])
    }
  })

  test('with a password is refused, and what to do is told', async () => {
    const bytes = makePdf([{ invoices: [invoice] }], { lock: makeLock(form, 'secret') })
    expect(await readFile(bytes, { readPictures })).toMatchObject({
      state: 'refused',
      drafts: [],
      problems: [{ code: 'file-encrypted', message: expect.stringMatching(/needs a password.*without one/) as string }],
    })
  })
})

test('a PDF locked by another means is refused, and what to do is told', async () => {
  const bytes = makePdf([{ invoices: [invoice] }], { trailer: '/Encrypt<</Filter/Adobe.PubSec/V 4/SubFilter/adbe.pkcs7.s4>>' })
  expect((await readFile(bytes, { readPictures })).problems).toMatchObject([{ code: 'file-encrypted' }])
})

describe('the ciphers and digests of PDF are those of everybody', () => {
  const sizes = [0, 1, 15, 16, 55, 56, 63, 64, 111, 112, 119, 120, 127, 128, 1_000]
  const data = sizes.map((size) => new Uint8Array(randomBytes(size)))
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  test('digests', () => {
    for (const one of data) {
      expect(hex(md5(one))).toBe(createHash('md5').update(one).digest('hex'))
      for (const bits of [256, 384, 512] as const) expect(hex(sha2(bits, one))).toBe(createHash(`sha${bits}`).update(one).digest('hex'))
    }
  })
  test('AES-128 and AES-256', () => {
    for (const length of [16, 32]) {
      const [key, start, plain] = [randomBytes(length), randomBytes(16), randomBytes(160)].map((one) => new Uint8Array(one)) as [
        Uint8Array,
        Uint8Array,
        Uint8Array,
      ]
      const cipher = createCipheriv(`aes-${length * 8}-cbc`, key, start).setAutoPadding(false)
      const sealed = new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]))
      expect(hex(aesEncrypt(key, start, plain))).toBe(hex(sealed))
      expect(hex(aesDecrypt(key, start, sealed))).toBe(hex(plain))
    }
  })
  test('RC4', () => {
    const ascii = (text: string) => new TextEncoder().encode(text)
    expect(hex(rc4(ascii('Key'), ascii('Plaintext')))).toBe('bbf316e8d940af0ad3')
    expect(hex(rc4(ascii('Wiki'), ascii('pedia')))).toBe('1021bf0420')
  })
})
