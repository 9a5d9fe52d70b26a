import { expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { makeZip, ofdEntries, type ZipEntry } from '../../fixtures/ofd/index.ts'
import { eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'

const invoice = madeInvoice('vat-e-ordinary')
const honest = ofdEntries({
  page: invoice,
  customData: invoice,
  tags: { layout: 'root' },
  attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(invoice) },
})
const page = 'Doc_0/Pages/Page_0/Content.xml'
const document = 'Doc_0/Document.xml'
const many = (count: number, one: (index: number) => string) => Array.from({ length: count }, (_, index) => one(index)).join('')
const text = (content: string, x: number, y: number) =>
  `<TextObject ID="${x}" Boundary="${x} ${y} 1 1"><TextCode X="0" Y="0">${content}</TextCode></TextObject>`

/** The honest package with one part replaced, added to, or left. */
function withPart(name: string, data: string, ...more: ZipEntry[]): Uint8Array {
  return makeZip([...honest.map((entry) => (entry.name === name ? { ...entry, data } : entry)), ...more])
}

const corpus: [string, Uint8Array][] = [
  [
    'one page named ten thousand times',
    withPart(document, `<a><Pages>${many(10_000, (index) => `<Page ID="${index}" BaseLoc="Pages/Page_0/Content.xml"/>`)}</Pages></a>`),
  ],
  [
    'one attachment named ten thousand times',
    withPart(
      'Doc_0/Attachs/Attachments.xml',
      `<a>${many(10_000, () => '<Attachment><FileLoc>original_invoice.xml</FileLoc></Attachment>')}</a>`,
    ),
  ],
  [
    'ten thousand parts that are not there',
    withPart(
      'Doc_0/Attachs/Attachments.xml',
      `<a>${many(10_000, (index) => `<Attachment><FileLoc>${index}.xml</FileLoc></Attachment>`)}</a>`,
    ),
  ],
  [
    'references out of the package',
    withPart(
      document,
      '<a><Attachments>../../../../etc/passwd</Attachments><CustomTags>/../x</CustomTags><Pages><Page BaseLoc="..\\..\\x"/></Pages></a>',
    ),
  ],
  [
    'a page that is its own template',
    withPart(
      document,
      `<a><CommonData><TemplatePage ID="1" BaseLoc="Pages/Page_0/Content.xml"/></CommonData><Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages></a>`,
    ),
  ],
  ['a line of ten thousand labels', withPart(page, `<a>${many(10_000, (index) => text('名称：', index, 50))}</a>`)],
  ['ten thousand lines of labels', withPart(page, `<a>${many(10_000, (index) => text('名称：发票号码：12345678', 1, index * 3))}</a>`)],
  ['sums that begin and never end', withPart(page, `<a>${text('价税合计（大写）'.repeat(100_000), 1, 1)}</a>`)],
  ['a title that never ends', withPart(page, `<a>${many(300, (index) => text('电子发票（'.repeat(190), 1, index * 0.15))}</a>`)],
  [
    'ten thousand amounts side by side',
    withPart(
      'Doc_0/Tags/CustomTag.xml',
      `<root>${many(10_000, () => '<Amount><ObjectRef PageRef="1">110</ObjectRef></Amount><Item><ObjectRef PageRef="1">110</ObjectRef></Item>')}</root>`,
    ),
  ],
  [
    'twenty thousand goods lines',
    withPart(
      'Doc_0/Attachs/original_invoice.xml',
      eInvoiceXml(invoice).replace(
        /(<fp:GoodsInfo>)[^]*(<\/fp:GoodsInfos>)/,
        `${'<fp:GoodsInfo><fp:Item>a</fp:Item></fp:GoodsInfo>'.repeat(20_000)}$2`,
      ),
    ),
  ],
  [
    'a thousand invoices attached',
    withPart(
      'Doc_0/Attachs/original_invoice.xml',
      `<a>${many(1_000, (index) => `<b><InvoiceNo>${10_000_000 + index}</InvoiceNo></b>`)}</a>`,
    ),
  ],
  [
    'boundaries that are no numbers',
    withPart(
      page,
      `<a>${many(100, () => '<TextObject Boundary="NaN Infinity 1e999 x"><TextCode X="1e999" Y="-Infinity" DeltaX="g 1e9 1 g x y g">12</TextCode></TextObject>')}</a>`,
    ),
  ],
  [
    'glyphs repeated without end',
    withPart(page, '<a><TextObject><TextCode DeltaX="g 4000000000 1 g 99999 99999">1</TextCode></TextObject></a>'),
  ],
  [
    'sixty megabytes of pages',
    withPart(
      document,
      `<a><Pages>${many(60, (index) => `<Page ID="${index}" BaseLoc="p${index}.xml"/>`)}</Pages></a>`,
      ...Array.from({ length: 60 }, (_, index) => ({
        name: `Doc_0/p${index}.xml`,
        data: `<a>${many(20_000, (at) => `<b c="${at * index}"/>`)}${' '.repeat(400_000)}</a>`,
      })),
    ),
  ],
  [
    'a hundred documents in one',
    withPart('OFD.xml', `<a>${many(100, () => '<DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody>')}</a>`),
  ],
  ['nothing but a name', makeZip([{ name: 'OFD.xml', data: '' }])],
  ['a page that is an archive', withPart(page, 'PK\x03\x04')],
]

test.each(corpus)('%s: an answer within two seconds, and a reason', async (_, file) => {
  const start = process.cpuUsage()
  const { drafts, problems } = await readFile(file)
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1000).toBeLessThan(2_000)
  expect([...drafts.flatMap((draft) => draft.problems), ...problems].length).toBeLessThan(60_000)
  for (const draft of drafts) if (draft.invoice.number !== invoice.number) expect(draft.problems.length).toBeGreaterThan(0)
})
