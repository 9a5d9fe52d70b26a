import { expect, test } from 'vitest'
import { readDer, valuesIn } from '../../../src/authenticity/der/read.ts'
import { examine } from '../../../src/authenticity/index.ts'
import { formatMoney } from '../../../src/domain/index.ts'
import { makeZip, type ZipEntry } from '../../fixtures/ofd/index.ts'
import { der } from '../../fixtures/seal/der.ts'
import { digest, forms, issue, sealed, type Party } from '../../fixtures/seal/index.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'
import { all, edit, good, invoice, look, parts, sealedParts, trust, verdictOf, without } from './sealed.ts'

const amount = formatMoney(invoice.amount ?? 0)
const raise = (text: string) => text.replaceAll(amount, `9${amount}`)
const flip = (text: string) => text.slice(0, -9) + String.fromCharCode(text.charCodeAt(text.length - 9) ^ 1) + text.slice(-8)
const base = sealedParts()
const dataOf = (entries: readonly ZipEntry[], name: string) => entries.find((one) => String(one.name).endsWith(name))?.data ?? ''

test('untouched: trusted, by whom, since when by their word, and by which list', async () => {
  const { reading, seal } = await look(base)
  expect(seal).toMatchObject({
    verdict: 'trusted',
    signer: '演示省税务监制章',
    issuer: '演示证书管理中心(SM2)',
    sealName: '演示省税务局',
    signedAt: Date.UTC(2026, 1, 3, 4, 5, 6),
    trustList: 7,
    uncovered: [],
    altered: [],
    problems: [],
  })
  expect(seal?.digests).toHaveLength(parts().length)
  expect(reading.drafts[0]?.invoice).toMatchObject({ number: invoice.number, amount: invoice.amount })
  expect(new Set(Object.values(reading.drafts[0]?.provenance ?? {}))).toEqual(new Set(['signed']))
})

test('re-zipped in another order and without compression it says the same', async () => {
  expect(await verdictOf(base.toReversed().map((one) => ({ ...one, store: true })))).toBe('trusted')
})

test.each([
  ['Content.xml', 'Pages/Page_0/Content.xml', raise],
  ['the attached invoice', 'original_invoice.xml', raise],
  ['the tags', 'Tags/CustomTag.xml', (text: string) => text.replace('TaxInclusive', 'TaxExclusive')],
  ['OFD.xml', 'OFD.xml', raise],
  ['the QR picture', 'qr.png', flip],
  ['the template', 'Tpls/Tpl_0/Content.xml', (text: string) => `${text} `],
  ['OFD.xml, led to a second document', 'OFD.xml', (text: string) => text.replace('Doc_0/Document.xml', 'Doc_1/Document.xml')],
  ['OFD.xml, broken', 'OFD.xml', (text: string) => text.replace('<ofd:OFD', '<!DOCTYPE x><ofd:OFD')],
])('edited after signing: %s', async (_, name, change) => {
  const { seal } = await look(edit(base, name, change))
  expect(seal?.verdict).toBe('tampered')
  expect(seal?.altered).toEqual([String(base.find((one) => String(one.name).endsWith(name))?.name)])
})

test('an entry taken out after signing is told', async () => {
  const { seal } = await look(without(base, /original_invoice/))
  expect(seal).toMatchObject({ verdict: 'tampered', altered: ['/Doc_0/Attachs/original_invoice.xml'] })
})

test('signature removed: unsigned, and told when the file still announces it', async () => {
  expect((await look(without(base, /Signs\//))).seal).toMatchObject({ verdict: 'unsigned', problems: [{ code: 'signatures-missing' }] })
  expect((await look(parts())).seal).toMatchObject({ verdict: 'unsigned', problems: [] })
})

test('signature files that nothing names any more decide nothing, and changed ones show', async () => {
  expect(await verdictOf(edit(base, 'Signatures.xml', (text) => text.replace(/<ofd:Signature .*\/>/, '')))).toBe('undecidable')
  expect(await verdictOf(edit(base, 'Signatures.xml', () => 'no xml'))).toBe('undecidable')
  expect(
    await verdictOf(
      without(
        edit(base, 'Signatures.xml', () => 'no xml'),
        /Signature\.xml/,
      ),
    ),
  ).toBe('undecidable')
  expect(await verdictOf(without(base, /Signatures\.xml/))).toBe('undecidable')
  expect(await verdictOf(edit(base, 'OFD.xml', (text) => text.replace(/<ofd:Signatures>.*<\/ofd:Signatures>/, '')))).toBe('tampered')
  expect(await verdictOf(edit(base, 'Signatures.xml', (text) => text.replace('Sign_0/', 'Sign_9/')))).toBe('undecidable')
  expect(await verdictOf(without(base, /SignedValue/))).toBe('undecidable')
  expect(await verdictOf(without(base, /Signature\.xml/))).toBe('undecidable')
})

test('a CheckValue computed anew does not help', async () => {
  const edited = edit(base, 'original_invoice.xml', raise)
  const [old, now] = [digest(dataOf(base, 'original_invoice.xml')), digest(dataOf(edited, 'original_invoice.xml'))]
  const { seal } = await look(edit(edited, 'Signature.xml', (text) => text.replace(old, now)))
  expect(seal).toMatchObject({ verdict: 'tampered', altered: ['Doc_0/Signs/Sign_0/Signature.xml'] })
})

test('the signature value of another invoice does not fit', async () => {
  const other = sealed(parts(madeInvoice('vat-e-ordinary', { seed: 5 })), good)
  const moved = base.map((one) => (String(one.name).endsWith('SignedValue.dat') ? { ...one, data: dataOf(other, 'SignedValue.dat') } : one))
  expect(await verdictOf(moved)).toBe('tampered')
})

test('the picture of the seal cannot be changed', async () => {
  expect(await verdictOf(edit(base, 'SignedValue.dat', (text) => text.replace('a red picture', 'a rad picture')))).toBe('tampered')
})

test('an entry added after signing: partial, and named', async () => {
  const added = { name: 'Doc_0/Attachs/more.xml', data: '<a/>' }
  expect((await look([...base, added])).seal).toMatchObject({ verdict: 'partial', uncovered: [added.name], signer: '演示省税务监制章' })
  expect(await verdictOf([...base, { name: 'Doc_0/Empty/', data: '' }])).toBe('trusted')
  expect(await verdictOf([...base, { name: 'Doc_0/Signs/Sign_0/more.xml', data: '<a/>' }])).toBe('partial')
})

test('a folder that holds bytes is a part like any other', async () => {
  expect((await look([...base, { name: 'Doc_0/Empty/', data: 'x' }])).seal).toMatchObject({
    verdict: 'partial',
    uncovered: ['Doc_0/Empty/'],
  })
})

test('of two digests for one entry both must hold', async () => {
  const wrong = `<ofd:Reference FileRef="/OFD.xml"><ofd:CheckValue>${digest('x')}</ofd:CheckValue></ofd:Reference>`
  for (const [from, to] of [
    [/(<ofd:References [^>]*>)/, `$1${wrong}`],
    [/(<\/ofd:References>)/, `${wrong}$1`],
  ] as const)
    expect((await look(sealedParts({ edit: (xml) => xml.replace(from, to) }))).seal).toMatchObject({
      verdict: 'tampered',
      altered: ['OFD.xml'],
    })
})

test('a seal that its maker did not sign is none, even under a good signature', async () => {
  const forged: Party = { ...all.maker, pair: strangers().maker.pair }
  for (const form of ['ses-1', 'ses-4', 'ses-5'] as const)
    expect((await look(sealedParts({ form, maker: forged }))).seal).toMatchObject({
      verdict: 'tampered',
      problems: [{ code: 'signature-invalid', message: expect.stringContaining('maker') }],
    })
})

test('a template that was never covered can be edited, so it is named whether it was or not', async () => {
  const loose = sealedParts({ leaveOut: /Tpls/ })
  for (const entries of [loose, edit(loose, 'Tpls/Tpl_0/Content.xml', (text) => text.replaceAll('金', '今'))])
    expect((await look(entries)).seal).toMatchObject({ verdict: 'partial', uncovered: ['Doc_0/Tpls/Tpl_0/Content.xml'] })
})

test('signed again by somebody who cloned every name: intact, and nobody on the list', async () => {
  const { seal, reading } = await look(sealed(parts(), strangers()))
  expect(seal).toMatchObject({
    verdict: 'untrusted-signer',
    signer: '演示省税务监制章',
    problems: [{ code: 'signer-forged' }, { code: 'maker-forged' }],
  })
  expect(Object.values(reading.drafts[0]?.provenance ?? {})).not.toContain('signed')
})

test('a genuine seal in the hand of somebody it does not name', async () => {
  const thief = strangers().signer
  const stolen = sealed(parts(), { ...good, signer: thief, listed: [all.signer.certificate] })
  expect((await look(stolen)).seal?.verdict).toBe('untrusted-signer')
  const insider = sealed(parts(), { ...good, signer: all.maker, listed: [all.signer.certificate] })
  expect((await look(insider)).seal).toMatchObject({ verdict: 'untrusted-signer', problems: [{ code: 'signer-not-in-seal' }] })
})

test.each([
  [
    'the same name twice',
    (entries: ZipEntry[]) => makeZip([...entries, { name: 'OFD.xml', data: raise(String(dataOf(entries, 'OFD.xml'))) }]),
  ],
  ['the same name in other case', (entries: ZipEntry[]) => makeZip([...entries, { name: 'ofd.XML', data: '<OFD/>' }])],
  ['bytes before the package', (entries: ZipEntry[]) => makeZip(entries, { prefix: Uint8Array.from([0x50, 0x4b, 3, 4]) })],
  [
    'an entry that only a reader of local headers sees',
    (entries: ZipEntry[]) => makeZip([...entries, { name: 'OFD.xml', data: raise(String(dataOf(entries, 'OFD.xml'))), unlisted: true }]),
  ],
  ['a path that leaves the package', (entries: ZipEntry[]) => makeZip([...entries, { name: '../x', data: '' }])],
])('a package that two readers could see differently is not decided: %s', async (_, make) => {
  const { seal, reading } = await examine(make(base), { trust })
  expect([reading.state, seal?.verdict]).toEqual(['refused', 'undecidable'])
})

test('a package of more parts than any document has is not decided', async () => {
  const many = Array.from({ length: 2_001 }, (_, index) => ({ name: `x/${index}`, data: '', store: true }))
  const { reading, seal } = await look([...base, ...many])
  expect([reading.state, seal?.verdict, seal?.problems.map(({ code }) => code)]).toEqual(['refused', 'undecidable', ['package-limit']])
})

test('more than one document is not decided', async () => {
  const second = '<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
  const two = sealed(
    edit(parts(), 'OFD.xml', (text) => text.replace('</ofd:OFD>', second)),
    good,
  )
  expect(await verdictOf(two)).toBe('undecidable')
})

test.each([
  ['MD5, which no method means', null],
  ['MD5', 'MD5'],
  ['SHA-1', '1.3.14.3.2.26'],
])('digests of %s prove nothing', async (_, checkMethod) => {
  expect(await verdictOf(sealedParts({ checkMethod }))).toBe('undecidable')
})

test('nothing can be put into a signature value that its signature does not protect', async () => {
  /** More values at the end of the outermost structure: one of any kind, and one behind the place of a timestamp. */
  const longer = [[der(0x30)], [der(0xa0), der(0x30)]].map(
    (more) => (value: Uint8Array) => der(0x30, ...valuesIn(readDer(value)).map(({ raw }) => raw), ...more),
  )
  for (const form of forms)
    for (const dress of longer) expect([form, await verdictOf(sealedParts({ form, dress }))]).toEqual([form, 'undecidable'])
  for (const odd of ['revocation-list', 'unsigned-attributes', 'second-signer', 'more'] as const)
    expect([odd, await verdictOf(sealedParts({ form: 'signed-data-attributes', odd }))]).toEqual([odd, 'undecidable'])
})

test('the signature’s own text is held to one of each', async () => {
  for (const [from, to] of [
    [/<ofd:Reference .*<\/ofd:Reference>/, ''],
    ['<ofd:References ', '<ofd:References CheckMethod="SM3"/><ofd:References '],
    [/<ofd:Reference (.*?)<\/ofd:Reference>/, '<ofd:Referenc $1</ofd:Referenc>'],
    ['</ofd:References>', '</ofd:References><ofd:References/>'],
    ['<ofd:SignedValue>', '<ofd:SignedValue>/x</ofd:SignedValue><ofd:SignedValue>'],
    ['1.2.156.10197.1.501', '1.2.840.113549.1.1.5'],
  ] as const)
    expect(await verdictOf(sealedParts({ edit: (xml) => xml.replace(from, to) }))).toBe('undecidable')
})

/** The same names, serial numbers and key ids as the real ones, with keys of their own. */
function strangers() {
  const clone = (name: string, like: Party, issuer: Party | null, authority = false) =>
    issue(name, issuer, { seed: `clone of ${name}`, serial: like.serial, keyId: like.keyId, authority })
  const root = clone('演示一级根(SM2)', all.root, null, true)
  const centre = clone('演示证书管理中心(SM2)', all.centre, root, true)
  return { signer: clone('演示省税务监制章', all.signer, centre), maker: clone('演示印章制作系统', all.maker, centre) }
}
