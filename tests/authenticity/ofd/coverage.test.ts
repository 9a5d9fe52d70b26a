import { expect, test } from 'vitest'
import { formatMoney } from '../../../src/domain/index.ts'
import { eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'
import { issue, sealed } from '../../fixtures/seal/index.ts'
import { all, edit, good, invoice, look, parts, sealedParts, verdictOf } from './sealed.ts'

const stranger = issue('路人', null)
const byStranger = { signer: stranger, maker: stranger }
const amount = formatMoney(invoice.amountExTax ?? 0)
const loose = sealedParts({ leaveOut: /^OFD\.xml$/ })

test('an uncovered OFD.xml that says more: the signed amount is shown, and the other is told', async () => {
  const { seal, reading } = await look(edit(loose, 'OFD.xml', (text) => text.replaceAll(amount, `98${amount}`)))
  const [draft] = reading.drafts
  expect(seal).toMatchObject({ verdict: 'partial', uncovered: ['OFD.xml'] })
  expect([draft?.invoice.amountExTax, draft?.provenance.amountExTax]).toEqual([invoice.amountExTax, 'signed'])
  expect(draft?.problems).toContainEqual({ code: 'conflict', message: expect.stringContaining(`98${invoice.amountExTax}`) })
})

test('what only an uncovered part says keeps its own origin', async () => {
  const withoutAttachment = sealedParts({ leaveOut: /Attachs|Pages|Tags|Tpls|Res\// })
  const { seal, reading } = await look(withoutAttachment)
  expect(seal?.verdict).toBe('partial')
  expect(reading.drafts[0]?.provenance).toMatchObject({
    number: 'signed',
    amountExTax: 'signed',
    lines: 'attachment',
    'seller.name': 'attachment',
  })
})

test('an uncovered invoice beside a covered one does not become it', async () => {
  const other = { ...invoice, amount: (invoice.amount ?? 0) + 90_000, amountExTax: (invoice.amountExTax ?? 0) + 90_000 }
  const entries = edit(sealedParts({ leaveOut: /original_invoice/ }), 'original_invoice.xml', () => eInvoiceXml(other))
  const { reading } = await look(entries)
  expect(reading.drafts[0]?.invoice).toMatchObject({ amount: invoice.amount, amountExTax: invoice.amountExTax })
  expect(reading.drafts[0]?.provenance).toMatchObject({ amount: 'signed', amountExTax: 'signed' })
  expect(reading.drafts[0]?.problems.map(({ code }) => code)).toContain('conflict-unsigned')
})

test('uncovered labels cannot give signed text another meaning', async () => {
  const swapped = edit(sealedParts({ leaveOut: /Tags/ }), 'Tags/CustomTag.xml', (text) =>
    text
      .replaceAll('TaxExclusiveTotalAmount', 'X')
      .replaceAll('TaxTotalAmount', 'TaxExclusiveTotalAmount')
      .replaceAll('<X>', '<TaxTotalAmount>')
      .replaceAll('</X>', '</TaxTotalAmount>'),
  )
  const { reading } = await look(swapped)
  expect(reading.drafts[0]?.invoice).toMatchObject({ amountExTax: invoice.amountExTax, tax: invoice.tax })
  expect(reading.drafts[0]?.provenance.tax).toBe('signed')
})

test('anybody can sign: what a stranger signs is not called signed, and still comes before what is not covered', async () => {
  const entries = sealed(parts(), { ...byStranger, leaveOut: /^OFD\.xml$/ })
  const { seal, reading } = await look(edit(entries, 'OFD.xml', (text) => text.replaceAll(amount, `98${amount}`)))
  expect(seal).toMatchObject({ verdict: 'partial', problems: [{ code: 'signer-unknown' }, { code: 'maker-unknown' }] })
  expect(reading.drafts[0]?.invoice.amountExTax).toBe(invoice.amountExTax)
  expect(Object.values(reading.drafts[0]?.provenance ?? {})).not.toContain('signed')
})

test('of several signatures one of a trusted signer over the rest is enough', async () => {
  expect(await verdictOf(sealed(parts(), good, byStranger))).toBe('trusted')
  expect(await verdictOf(sealed(parts(), byStranger, good))).toBe('trusted')
  expect(await verdictOf(sealed(parts(), byStranger, { ...good, leaveOut: /Tpls/ }))).toBe('partial')
  expect(await verdictOf(sealed(parts(), { ...good, leaveOut: /Tpls/ }, good))).toBe('trusted')
  expect(await verdictOf(sealed(parts(), { ...good, leaveOut: /Tpls/ }, { ...good, leaveOut: /Pages/ }))).toBe('partial')
  expect(await verdictOf(sealed(parts(), byStranger, byStranger))).toBe('untrusted-signer')
  expect(await verdictOf(sealed(parts(), byStranger, { signer: all.testSigner, maker: all.testMaker }))).toBe('test-seal')
})

test('one signature that does not hold speaks against the file, whoever made it', async () => {
  const two = sealed(parts(), good, byStranger)
  expect(await verdictOf(edit(two, 'Sign_1/Signature.xml', (text) => text.replace('demo', 'omed')))).toBe('tampered')
  expect(await verdictOf(edit(two, 'Sign_1/SignedValue.dat', () => 'nonsense'))).toBe('undecidable')
  // An altered file is told before what cannot be decided.
  const odd = edit(two, 'Sign_1/Signature.xml', () => 'no xml')
  expect(await verdictOf(odd)).toBe('undecidable')
  expect(await verdictOf(edit(odd, 'OFD.xml', (text) => `${text} `))).toBe('tampered')
})

test('a second signature cannot smuggle in a part under the name of its own file', async () => {
  const other = madeInvoice('vat-e-ordinary', { lines: 3 })
  const smuggled = sealed(parts(), good, {
    ...byStranger,
    edit: (xml) => xml.replace('<ofd:SignedInfo>', `<ofd:SignedInfo>${eInvoiceXml(other).replace(/<\?.*\?>/, '')}`),
  })
  const renamed = smuggled.map((one) => (String(one.name).endsWith('Sign_1/Signature.xml') ? { ...one, name: 'Doc_0/x_issuer.xml' } : one))
  const { seal, reading } = await look(
    edit(renamed, 'Signatures.xml', (text) => text.replace('Sign_1/Signature.xml', '/Doc_0/x_issuer.xml')),
  )
  expect(seal?.verdict).toBe('trusted')
  expect(reading.drafts).toHaveLength(1)
  expect(reading.drafts[0]?.invoice).toMatchObject({ number: invoice.number, amount: invoice.amount })
})
