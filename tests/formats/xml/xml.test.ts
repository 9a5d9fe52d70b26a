import { expect, test } from 'vitest'
import { Refusal } from '../../../src/formats/file/refusal.ts'
import { all, at, parseXml, textOf } from '../../../src/formats/xml/index.ts'
import { join } from '../../fixtures/ofd/index.ts'
import { endless } from '../budget.ts'
import { costOf } from '../cost.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, littleEndian: boolean, mark: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian)
  const body = new Uint8Array(view.buffer)
  return mark ? join([Uint8Array.from(littleEndian ? [0xff, 0xfe] : [0xfe, 0xff]), body]) : body
}
const parse = (bytes: Uint8Array) => parseXml(bytes, endless)
function refusal(bytes: Uint8Array): string | null {
  try {
    parse(bytes)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('names come without prefix and in lower case, text with its CDATA', () => {
  const root = parse(utf8('<?xml version="1.0"?><ofd:A xmlns:ofd="x" ID="7"><b>1<![CDATA[<2>]]>&#51;</b><ofd:B> </ofd:B></ofd:A>'))
  expect(root.name).toBe('a')
  expect(root.attributes.id).toBe('7')
  expect(textOf(at(root, 'b'))).toBe('1<2>3')
  expect(all(root, 'b').map(textOf)).toEqual(['1<2>3', null])
})

test('a prefix of nothing, which a writer of real files uses, is read', () => {
  expect(parse(utf8('<:eInvoice xmlns:=""><A/></:eInvoice>')).name).toBe('einvoice')
})

test.each([
  ['UTF-8 with a mark', join([Uint8Array.from([0xef, 0xbb, 0xbf]), utf8('<a>票</a>')])],
  ['UTF-16 little endian with a mark', utf16('<a>票</a>', true, true)],
  ['UTF-16 big endian with a mark', utf16('<a>票</a>', false, true)],
  ['UTF-16 without a mark', utf16('<a>票</a>', true, false)],
  ['GBK as declared', join([utf8('<?xml version="1.0" encoding="GBK"?><a>'), Uint8Array.from([0xc6, 0xb1]), utf8('</a>')])],
  [
    'GBK that says nothing',
    join([utf8('<a><!--'), Uint8Array.from([0xb7, 0xa2]), utf8('-->'), Uint8Array.from([0xc6, 0xb1]), utf8('</a>')]),
  ],
])('%s is understood', (_, bytes) => {
  expect(parse(bytes).text).toBe('票')
})

const doctypes = [
  '<!DOCTYPE a>',
  '<!doctype a SYSTEM "file:///etc/passwd">',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<!ENTITY b "c">',
  '<! DOCTYPE a>',
  '<!\nDOCTYPE a>',
]

test.each(doctypes)('%s is refused in every encoding', (doctype) => {
  const text = `${doctype}<a/>`
  for (const bytes of [
    utf8(text),
    utf8(`<?xml version="1.0" encoding="GBK"?>${text}`),
    utf8(`<?xml version="1.0" encoding="UTF-16"?>${text}`),
    join([Uint8Array.from([0xef, 0xbb, 0xbf]), utf8(text)]),
    utf16(text, true, true),
    utf16(text, false, true),
    utf16(text, true, false),
    utf16(text, false, false),
  ])
    expect(refusal(bytes)).toBe('xml-doctype')
})

test.each([
  ['UTF-7', utf8('<?xml version="1.0" encoding="UTF-7"?><a/>')],
  ['EBCDIC', utf8('<?xml version="1.0" encoding="cp037"?><a/>')],
  ['Latin 1', utf8('<?xml version="1.0" encoding="iso-8859-1"?><a/>')],
  ['UTF-32', Uint8Array.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c])],
  ['UTF-32 little endian', Uint8Array.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])],
])('%s, which no invoice uses, is refused', (_, bytes) => {
  expect(refusal(bytes)).toBe('xml-encoding')
})

test.each([
  ['nesting without end', 'xml-limit', '<a>'.repeat(100_000)],
  ['elements without end', 'xml-limit', `<a>${'<b/>'.repeat(300_000)}</a>`],
  ['attributes without end', 'xml-limit', `<a ${Array.from({ length: 5_000 }, (_, index) => `b${index}="1"`).join(' ')}/>`],
  ['an unknown entity', 'xml-broken', '<a>&b;</a>'],
  ['an open element', 'xml-broken', '<a><b></a>'],
  ['two roots', 'xml-broken', '<a/><b/>'],
  ['nothing', 'xml-broken', ''],
  ['text', 'xml-broken', 'hello'],
  ['a NUL', 'xml-broken', '<a>\0</a>'],
  ['too much', 'xml-limit', `<a>${' '.repeat(8_000_001)}</a>`],
])('%s is refused within 100 ms', (_, code, text) => {
  const bytes = utf8(text)
  expect(costOf(() => expect(refusal(bytes)).toBe(code))).toBeLessThan(100)
})
