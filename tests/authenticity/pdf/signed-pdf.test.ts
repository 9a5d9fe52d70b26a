import { expect, test, vi } from 'vitest'
import { examine } from '../../../src/authenticity/index.ts'
import { readPdfSignatures } from '../../../src/formats/index.ts'
import { writePdf } from '../../fixtures/pdf/index.ts'
import { seller, signedAgain, signedPdf } from '../../fixtures/seal/index.ts'

const shop = seller('演示商店')
const weak = seller('演示小店', 1_024, 0x52)
const other = seller('演示别人', 2_048, 0x53)

const sealOf = async (bytes: Uint8Array) => (await examine(bytes)).seal
const verdictOf = async (bytes: Uint8Array) => (await sealOf(bytes))?.verdict
const latin = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'))
const edit = (bytes: Uint8Array, from: string | RegExp, to: string) => {
  const before = Buffer.from(bytes).toString('latin1')
  const after = before.replace(from, to)
  if (after === before) throw new RangeError('nothing was changed')
  return latin(after)
}
const more = (bytes: Uint8Array, text: string) => latin(Buffer.from(bytes).toString('latin1') + text)

test('signed by the seller: by whom, with what, when by their word, and never more than that', async () => {
  expect(await sealOf(signedPdf(shop))).toMatchObject({
    verdict: 'seller-signed',
    signer: '演示商店',
    issuer: '演示企业CA',
    algorithm: 'RSA-2048 with SHA-256',
    signedAt: Date.UTC(2026, 1, 3, 4, 5, 6),
    uncovered: [],
    altered: [],
    problems: [],
  })
})

test.each([
  ['adbe.pkcs7.detached', { attributes: false }, []],
  ['adbe.pkcs7.detached', { hash: 'sha1' }, ['weak-algorithm']],
  ['adbe.x509.rsa_sha1', {}, ['weak-algorithm']],
] as const)('%s %j holds, and what is weak is named', async (kind, signing, codes) => {
  const seal = await sealOf(signedPdf(codes.length > 0 ? weak : shop, { kind, ...signing }))
  expect([seal?.verdict, seal?.problems.map(({ code }) => code)]).toEqual(['seller-signed', codes])
  expect(seal?.signedAt).toBe(Date.UTC(2026, 1, 3, 4, 5, 6))
})

test('a PDF without a signature is unsigned', async () => {
  expect(
    await verdictOf(writePdf(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R>>'])),
  ).toBe('unsigned')
})

test.each(['adbe.pkcs7.detached', 'adbe.x509.rsa_sha1'] as const)('%s: a changed byte before or behind the value is seen', async (kind) => {
  const file = signedPdf(shop, { kind })
  expect(await verdictOf(edit(file, '595 842', '595 841'))).toBe('tampered')
  expect(await verdictOf(edit(file, '/Size 7', '/Size 8'))).toBe('tampered')
})

test('what was appended after signing is not covered, be it one byte', async () => {
  const file = signedPdf(shop)
  expect(await sealOf(more(file, '\n'))).toMatchObject({
    verdict: 'partial',
    uncovered: ['the last 1 bytes'],
    problems: [{ code: 'bytes-appended' }],
  })
  expect(await verdictOf(more(file, '3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 9 0 R>>\nendobj\n'))).toBe('partial')
})

test.each([
  ['begins later', (range: readonly number[]) => [0, Number(range[1]) - 200, range[2], range[3]] as number[]],
  ['leaves a larger gap', (range: readonly number[]) => [0, range[1], Number(range[2]) + 20, Number(range[3]) - 20] as number[]],
  ['is negative', (range: readonly number[]) => [0, range[1], range[2], -5] as number[]],
  ['wraps around', (range: readonly number[]) => [0, range[1], range[2], 4_294_967_296 + Number(range[3])] as number[]],
  ['runs backwards', (range: readonly number[]) => [0, range[2], range[1], range[3]] as number[]],
  ['leaves no gap', (range: readonly number[]) => [0, range[1], range[1], range[3]] as number[]],
])('a ByteRange that %s decides nothing', async (_, range) => {
  expect(await verdictOf(signedPdf(shop, { range }))).toBe('undecidable')
})

test.each([
  ['a second value', '/Contents <00>'],
  ['a second value under an escaped name', '/Con#74ents <00>'],
  ['a second range', '/ByteRange [0 1 2 3]'],
])('%s in the same dictionary decides nothing', async (_, entries) => {
  expect(await verdictOf(signedPdf(shop, { entries }))).toBe('undecidable')
})

test('a gap that is another string than the value decides nothing', async () => {
  expect(await verdictOf(edit(signedPdf(shop), '/Contents <', '/Content_ <'))).toBe('undecidable')
})

test('MD5 and kinds that nobody knows here decide nothing', async () => {
  expect(await verdictOf(signedPdf(shop, { hash: 'md5' }))).toBe('undecidable')
  expect(await verdictOf(signedPdf(shop, { kind: 'adbe.pkcs7.sha1' }))).toBe('undecidable')
})

test('two signatures of one signer are one word; of two signers neither stands for the whole', async () => {
  expect(await verdictOf(signedAgain(signedPdf(shop), shop))).toBe('seller-signed')
  const seal = await sealOf(signedAgain(signedPdf(shop), other))
  expect([seal?.verdict, seal?.problems.map(({ code }) => code)]).toEqual(['partial', ['bytes-appended', 'several-signers']])
  expect(await verdictOf(edit(signedAgain(signedPdf(shop), other), '595 842', '595 841'))).toBe('tampered')
})

test('no byte of a signed PDF can be another and stay signed by this seller over the whole file', { timeout: 600_000 }, async () => {
  const file = signedPdf(shop)
  for (let at = 0; at < file.length; at += process.env.PIAOZAI_TEST_LONG ? 1 : 37) {
    const flipped = file.slice()
    flipped[at] = (flipped[at] ?? 0) ^ 2
    const seal = await sealOf(flipped)
    const text = Buffer.from(file).toString('latin1')
    const inCertificate = at > text.indexOf('/Contents <') && at < text.indexOf('>', text.indexOf('/Contents <'))
    // The value itself is not signed; its certificate is the seller's own word, so a name in it can be changed with it.
    if (seal?.verdict === 'seller-signed') expect([at, inCertificate]).toEqual([at, true])
  }
})

test('where the platform cannot verify, nothing is decided', async () => {
  const without = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no', 'NotSupportedError'))
  expect(await sealOf(signedPdf(shop))).toMatchObject({ verdict: 'undecidable', problems: [{ code: 'signature-unverifiable' }] })
  without.mockRestore()
})

test('a thousand signatures are not verified one by one', async () => {
  const many = more(signedPdf(shop), '/ByteRange [0 1 2 3] '.repeat(1_000))
  expect(await verdictOf(many)).toBe('undecidable')
  expect((await readPdfSignatures(many)).length).toBeLessThan(20)
})
