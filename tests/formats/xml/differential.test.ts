import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../../src/formats/file/refusal.ts'
import { parseXml, type XmlElement } from '../../../src/formats/xml/index.ts'
import { endless } from '../budget.ts'
import { oracleTree } from './oracle.ts'

/** What our scanner makes of a document; null when it refuses it. */
function ourTree(text: string): XmlElement | null {
  try {
    return parseXml(new TextEncoder().encode(text), endless)
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

/** Both trees as plain data: ours has no prototypes. */
const plain = (tree: XmlElement | null): unknown => JSON.parse(JSON.stringify(tree))

const space = fc.constantFrom('', '', ' ', '\n', '\r\n', '\t', '\r', '  ')
const gap = fc.constantFrom(' ', '\n', '\t', ' \r\n ')
const name = fc.constantFrom('a', 'B', 'ofd:Text', ':e', 'x.y-z_1', '发票', 'Total-Am', 'é', '_', '\u{10400}')
const words = fc.constantFrom(
  '',
  '票',
  'a b',
  '¥1.00',
  ']]',
  ']',
  '&amp;',
  '&lt;',
  '&#51;',
  '&#x1F600;',
  '&quot;',
  '😀',
  '\u0085',
  '>',
  '"',
  "'",
)
const text = fc.array(fc.oneof(words, space), { maxLength: 4 }).map((parts) => parts.join(''))
const cdata = fc.constantFrom('', '<a>&b;', ']]', ' ', '票').map((inside) => `<![CDATA[${inside}]]>`)
const aside = fc.constantFrom('<!---->', '<!-- < & -->', '<?pi?>', '<?xml-style a?b?>', '<? ?>', '<!-- a--b -->')
const value = fc
  .tuple(text, fc.constantFrom('"', "'"))
  .map(([inside, quote]) => quote + inside.replaceAll(quote, '').replaceAll('<', '') + quote)
const attribute = fc.tuple(gap, name, space, space, value).map(([before, key, a, b, own]) => `${before}${key}${a}=${b}${own}`)
const attributes = fc.tuple(fc.uniqueArray(attribute, { maxLength: 3, selector: (one) => /[^\s=]+/.exec(one)?.[0] }), space)

const element = fc.letrec<{ node: string; inside: string }>((tie) => ({
  node: fc
    .tuple(name, attributes, fc.boolean(), tie('inside'), space)
    .map(([own, [list, before], isEmpty, inside, after]) =>
      isEmpty ? `<${own}${list.join('')}${before}/>` : `<${own}${list.join('')}${before}>${inside}</${own}${after}>`,
    ),
  inside: fc
    .array(fc.oneof({ maxDepth: 3, depthSize: 'small' }, text, cdata, aside, tie('node')), { maxLength: 4 })
    .map((parts) => parts.join('')),
})).node

const prolog = fc.constantFrom(
  '',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='UTF-8' ?>\r\n",
  '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
  ' <?xml version="1.0"?>',
  '<?xml?>',
  '<?xml encoding="UTF-8"?>',
  '<?XML version="1.0"?>',
  '\n<!-- a -->',
)
const document = fc.tuple(prolog, element, fc.constantFrom('', '\n', '<!-- b -->', '<?pi?>', 'x', '<a/>')).map((parts) => parts.join(''))

const runs = { numRuns: process.env.PIAOZAI_TEST_LONG ? 20_000 : 1_500 }

test('a document is to us what it is to another parser', () => {
  fc.assert(
    fc.property(document, (one) => {
      expect(plain(ourTree(one))).toEqual(plain(oracleTree(one)))
    }),
    runs,
  )
})

test('most of the documents compared are well-formed', () => {
  const read = fc.sample(document, { numRuns: 300, seed: 1 }).filter((one) => ourTree(one) !== null)
  expect(read.length).toBeGreaterThan(60)
})

const marks = [...'<>/?!&;="\'[]- \n\u0000\u0001\ufffe', 'a', '--', ']]>', '&x;', '&#0;', '&#xD800;', '<b>', '</a>', '\ud800']
const damaged = fc
  .tuple(document, fc.nat(), fc.nat(3), fc.constantFrom(...marks))
  .map(([one, at, cut, mark]) => one.slice(0, at % (one.length + 1)) + mark + one.slice((at % (one.length + 1)) + cut))

// Refused by us alone is allowed: the other one lets `<?a?b?>` pass.
test('a document damaged anywhere is refused, or is to us what it is to another parser', () => {
  fc.assert(
    fc.property(damaged, (one) => {
      // A lone surrogate is no text; encoded it has become another character.
      const encoded = new TextDecoder().decode(new TextEncoder().encode(one))
      const ours = ourTree(encoded)
      if (ours !== null) expect(plain(ours)).toEqual(plain(oracleTree(encoded)))
    }),
    { numRuns: runs.numRuns * 2 },
  )
})
