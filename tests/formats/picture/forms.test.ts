import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { decodeFax } from '../../../src/formats/picture/forms/fax.ts'
import { isPlainJbig2, jbig2Grey, jbig2Size } from '../../../src/formats/picture/forms/jbig2.ts'
import { makeOfd } from '../../fixtures/ofd/index.ts'
import { makePdf } from '../../fixtures/pdf/index.ts'
import { faxOf, jbig2File } from '../../fixtures/pdf/fax.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { qrModules } from '../../fixtures/qr-modules.ts'
import { madeInvoice, qrPayload } from '../../fixtures/xml/index.ts'
import { endless } from '../budget.ts'
import { readPictures } from '../pdf/pictures.ts'

/** Patterns with runs of every length, lines that agree and lines that do not. */
const patterns: Record<string, (x: number, y: number) => boolean> = {
  white: () => false,
  black: () => true,
  stripes: (x) => x % 2 === 1,
  'runs of all lengths': (x, y) => (x + y) % (y + 2) > y / 2,
  noise: (x, y) => ((x * 7_919 + y * 104_729 + x * y) >> 3) % 3 === 0,
  squares: (x, y) => ((x >> 4) + (y >> 4)) % 2 === 0,
}
const [width, height] = [2_700, 40]
const bitsOf = (isDark: (x: number, y: number) => boolean) => {
  const row = Math.ceil(width / 8)
  const out = new Uint8Array(row * height).fill(0)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (isDark(x, y)) out[y * row + (x >> 3)]! |= 128 >> (x & 7)
  return out
}

describe.each(Object.entries(patterns))('a picture of %s', (_, isDark) => {
  test.each([
    ['g4', -1],
    ['g3', 0],
    ['g3-2d', 4],
  ] as const)('comes back from %s', (form, k) => {
    const fax = faxOf(isDark, width, height, form)
    const options = { k, columns: width, rows: height, isByteAligned: false, isBlack1: true }
    const { data, whole } = decodeFax(fax, options, endless)
    expect(whole).toBe(true)
    expect(Buffer.from(data).equals(Buffer.from(bitsOf(isDark)))).toBe(true)
    // Damaged, it ends.
    expect(decodeFax(fax.slice(0, fax.length >> 1), options, endless).data).toHaveLength(data.length)
  })
  test('comes back from JBIG2', async () => {
    const file = jbig2File(isDark, width, height)
    expect(jbig2Size(file)).toEqual({ width, height })
    expect(isPlainJbig2(file)).toBe(true)
    const grey = (await jbig2Grey(file)) ?? new Uint8Array()
    const wrong = grey.findIndex((value, at) => (value === 0) !== isDark(at % width, Math.floor(at / width)))
    expect([grey.length, wrong]).toEqual([width * height, -1])
  })
})

describe('JBIG2 that could state anything is not decoded', () => {
  const file = jbig2File(() => true, 64, 64)
  const withByte = (at: number, value: number) => file.map((byte, index) => (index === at ? value : byte))
  test.each([
    ['a region wider than its page', withByte(13 + 11 + 19 + 11, 1)],
    ['a dictionary of symbols', withByte(13 + 11 + 19 + 4, 0)],
    ['a text of symbols', withByte(13 + 11 + 19 + 4, 6)],
    ['a head alone', file.slice(0, 43)],
    ['a region cut short', file.slice(0, 60)],
  ])('%s', (_, bytes) => expect(isPlainJbig2(bytes)).toBe(false))
})

describe('a QR of a form that is not decoded is told, never passed over', () => {
  const invoice = pdfInvoice('digital-special')
  const object = (dict: string, data: Uint8Array) => ({
    dict: `/Type/XObject/Subtype/Image/Width 200/Height 200${dict}`,
    data,
    packed: false,
  })
  test.each([
    [
      'JPEG 2000',
      object('/Filter/JPXDecode', Uint8Array.of(0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0, 0, 0, 0, 200, 0, 0, 0, 200, 0, 0, 0, 0, 0, 0, 0, 0)),
    ],
    ['JPEG 2000 that is none', object('/Filter/JPXDecode', new Uint8Array(40))],
    ['damaged JBIG2', object('/Filter/JBIG2Decode', new Uint8Array(40))],
    ['a fax of another width', object('/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 77>>', new Uint8Array(40))],
    ['something unheard of', object('/Filter/FooDecode', new Uint8Array(40))],
  ])('%s', async (_, picture) => {
    const { drafts } = await readFile(makePdf([{ invoices: [invoice], picture }]), { readPictures })
    expect(drafts[0]?.invoice.number).toBe(invoice.number)
    expect(drafts[0]?.problems.map(({ code }) => code)).toEqual(['picture-undecodable'])
  })
})

test('an OFD of drawn text is read from its QR in JBIG2', async () => {
  const invoice = madeInvoice('vat-e-ordinary')
  const modules = qrModules(qrPayload(invoice))
  const side = modules.length * 3
  const bytes = jbig2File((x, y) => modules[Math.floor(y / 3)]?.[Math.floor(x / 3)] ?? false, side, side)
  const { drafts } = await readFile(makeOfd({ pictures: [{ name: 'qr.jb2', bytes }] }), { readPictures })
  expect(drafts[0]?.invoice).toMatchObject({ code: invoice.code, number: invoice.number, issuedOn: invoice.issuedOn })
  expect(drafts[0]?.provenance.number).toBe('qr')
  expect(drafts[0]?.problems).toEqual([])
})
