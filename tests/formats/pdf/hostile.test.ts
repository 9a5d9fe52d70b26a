import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { makePdf, writePdf, type Body } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { readPictures } from './pictures.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))
const page = '<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 400]/Contents 4 0 R/Resources<</XObject<</A 5 0 R/B 6 0 R>>/Font<</F 7 0 R>>>>>>'
const pages = '<</Type/Pages/Count 1/Kids[3 0 R]>>'
const stream = (text: string, dict = ''): Body => ({ dict, data: bytesOf(text) })
const file = (...rest: Body[]) => writePdf(['<</Type/Catalog/Pages 2 0 R>>', pages, page, ...rest])
const picture = (width: number, height: number, data: Uint8Array, more = '/ColorSpace/DeviceGray/BitsPerComponent 8'): Body => ({
  dict: `/Type/XObject/Subtype/Image/Width ${width}/Height ${height}${more}`,
  data,
})
const show = '600 0 0 400 0 0 cm /A Do /B Do'
const form = (content: string) => stream(content, '/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</A 5 0 R/B 6 0 R>>>>')
/** Text that inflates a thousandfold. */
const bomb = (megabytes: number, fill = 0x20) => new Uint8Array(megabytes * 1_000_000).fill(fill)

const hostile: [string, Uint8Array][] = [
  ['a content stream that is a bomb', file({ dict: '', data: bomb(60) })],
  ['a bomb in a bomb', file({ dict: '/Filter[/FlateDecode/FlateDecode]', data: deflateSync(deflateSync(bomb(60))), packed: false })],
  ['a run-length bomb', file({ dict: '/Filter[/FlateDecode/RunLengthDecode]', data: deflateSync(bomb(2, 0x81)), packed: false })],
  ['an ASCII85 bomb', file({ dict: '/Filter[/FlateDecode/ASCII85Decode]', data: deflateSync(bomb(10, 0x7a)), packed: false })],
  ['a picture that is a bomb', file(stream(show), picture(6_000, 6_000, bomb(36)))],
  ['a picture of 10,000 megapixels', file(stream(show), picture(100_000, 100_000, new Uint8Array(10)))],
  ['a picture of negative size', file(stream(show), picture(-100, 100, new Uint8Array(10)))],
  ['filters without end', file({ dict: `/Filter[${'/ASCIIHexDecode'.repeat(500)}]`, data: bytesOf('41>'), packed: false })],
  ['a form that draws itself', file(stream(show), form('/A Do /A Do'))],
  ['two forms that draw each other, twice', file(stream(show), form('/B Do /B Do'), form('/A Do /A Do'))],
  [
    'pages in a circle',
    writePdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]>>', '<</Type/Pages/Kids[2 0 R]>>']),
  ],
  ['pages without end', writePdf(['<</Type/Catalog/Pages 2 0 R>>', `<</Type/Pages/Kids[${'3 0 R '.repeat(100_000)}]>>`, '<</Type/Page>>'])],
  ['a reference to itself', writePdf(['<</Type/Catalog/Pages 2 0 R>>', '2 0 R'])],
  ['a length that needs itself', file({ dict: '/Length 4 0 R', data: bytesOf('q Q') })],
  ['arrays in arrays', writePdf(['<</Type/Catalog/Pages 2 0 R>>', '['.repeat(200_000)])],
  ['dictionaries in dictionaries', writePdf(['<</Type/Catalog/Pages 2 0 R>>', '<</a'.repeat(100_000)])],
  ['arrays in the content', file(stream('['.repeat(500_000)))],
  ['an open string', file(stream(`(${'('.repeat(900_000)}`))],
  ['states without end', file(stream('q '.repeat(500_000)))],
  ['a million rectangles', file(stream('0 0 1 1 re '.repeat(1_000_000)))],
  ['rectangles painted without end', file(stream('0 0 9 9 re f '.repeat(800_000)))],
  [
    'a character map of every code',
    file(
      stream('BT /F 9 Tf <00010002> Tj ET'),
      stream(''),
      stream(''),
      '<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 8 0 R/DescendantFonts[]>>',
      stream(`${'<0000><ffff><0041>\n'.repeat(50_000)} endbfrange`),
    ),
  ],
  [
    'an object stream in itself',
    writePdf(['<</Type/Catalog/Pages 2 0 R>>', { dict: '/Type/ObjStm/N 1/First 4', data: bytesOf('2 0 <<>>') }]),
  ],
  [
    'a script and a launch',
    writePdf([
      '<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(true){})>>/AA<</WC<</S/Launch/F(x)>>>>>>',
      pages,
      page,
      stream(''),
    ]),
  ],
  ['only a header', bytesOf('%PDF-1.7\n')],
  ['objects without end', bytesOf(`%PDF-1.7\n${'1 0 obj\n'.repeat(300_000)}`)],
  ['numbered objects without end', bytesOf(`%PDF-1.7\n${Array.from({ length: 210_000 }, (_, num) => `${num} 0 obj\n`).join('')}`)],
  ['a cross-reference in a circle', bytesOf('%PDF-1.7\nxref\n0 0\ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n')],
  ['a cross-reference of a billion', bytesOf('%PDF-1.7\nxref\n0 999999999\n0000000000 00000 n \ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n')],
  [
    'a name tree in a circle',
    writePdf(['<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 5 0 R>>>>', pages, page, stream(''), '<</Kids[5 0 R 5 0 R 5 0 R]>>']),
  ],
  [
    'an embedded bomb',
    writePdf([
      '<</Type/Catalog/Pages 2 0 R/AF[5 0 R]>>',
      pages,
      page,
      stream(''),
      '<</EF<</F 6 0 R>>>>',
      { dict: '/Type/EmbeddedFile', data: bomb(60, 0x3c) },
    ]),
  ],
  ['pictures without end', file(stream('30 0 0 30 0 0 cm /A Do '.repeat(100_000)), picture(30, 30, new Uint8Array(900)))],
  [
    'a JPEG of another size than it says',
    file(stream(show), {
      ...(picture(100, 100, bytesOf('\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03')) as object),
      dict: '/Subtype/Image/Width 100/Height 100/Filter/DCTDecode',
      packed: false,
    } as Body),
  ],
]

describe('refused or read at once, whatever it is', () => {
  test.each(hostile)('%s', async (_, bytes) => {
    const reading = await readFile(bytes, { readPictures })
    expect(reading.drafts).toEqual([])
    expect(reading.problems.length).toBeGreaterThan(0)
    expect(reading.problems.map(({ message }) => message).join()).not.toMatch(/undefined|is not a|RangeError|stack/)
  })

  // The engine is loaded by now, and nothing waits: the time is the processor's.
  test.each(hostile)('%s costs less than 100 ms', async (_, bytes) => {
    const costs: number[] = []
    for (let run = 0; run < 4; run++) {
      const start = process.cpuUsage()
      await readFile(bytes, { readPictures })
      const { user, system } = process.cpuUsage(start)
      costs.push((user + system) / 1_000)
    }
    expect(Math.min(...costs)).toBeLessThan(100)
  })
})

test('a password is told', async () => {
  const bytes = makePdf([{ invoices: [pdfInvoice('digital-special')] }], { trailer: '/Encrypt<</Filter/Standard/V 5/R 6/O()/U()/P -4>>' })
  expect(await readFile(bytes, { readPictures })).toMatchObject({ state: 'refused', drafts: [], problems: [{ code: 'file-encrypted' }] })
})

test('an abort and a deadline end the reading', async () => {
  const bytes = makePdf([{ invoices: [pdfInvoice('digital-special')] }])
  const abort = new AbortController()
  abort.abort()
  expect((await readFile(bytes, { readPictures, signal: abort.signal })).problems[0]?.code).toBe('aborted')
  let now = 0
  expect((await readFile(bytes, { readPictures, now: () => (now += 1), perFile: 5 })).problems[0]?.code).toBe('deadline')
})
