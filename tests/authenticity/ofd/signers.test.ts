import { expect, test } from 'vitest'
import { bundledTrust, type Trust } from '../../../src/authenticity/index.ts'
import { anchorOf, forms, issue, sealed, trustIn } from '../../fixtures/seal/index.ts'
import { all, good, look, parts, sealedParts, trust, verdictOf } from './sealed.ts'

test.each(forms.flatMap((form) => [[form, 'der'] as const, [form, 'raw'] as const]))('%s with the signature as %s', async (form, store) => {
  const { seal } = await look(sealedParts({ form, store }))
  expect(seal?.problems).toEqual([])
  expect(seal?.verdict).toBe('trusted')
})

test('a seal may name its certificates by their SM3', async () => {
  expect(await verdictOf(sealedParts({ listAs: 'digests' }))).toBe('trusted')
  expect(await verdictOf(sealedParts({ listAs: 'digests', listed: [all.maker.certificate] }))).toBe('untrusted-signer')
})

test('a test seal says so, and is never trusted', async () => {
  const tested = { signer: all.testSigner, maker: all.testMaker }
  expect(await verdictOf(sealed(parts(), tested))).toBe('test-seal')
  expect(await verdictOf(sealed(parts(), { ...good, maker: all.testMaker }))).toBe('test-seal')
  expect((await look(sealed(parts(), { ...tested, leaveOut: /Tpls/ }))).seal).toMatchObject({
    verdict: 'partial',
    problems: [{ code: 'test-seal' }],
  })
})

test('a test seal is called one whatever else is wrong with it', async () => {
  const tested = { signer: all.testSigner, maker: all.testMaker }
  const old = (await look(sealed(parts(), { ...tested, validTo: Date.UTC(2026, 0, 1) }))).seal
  expect([old?.verdict, old?.problems.map(({ code }) => code)]).toEqual(['test-seal', ['seal-expired']])
  const stranger = (await look(sealed(parts(), { signer: issue('路人', null), maker: all.testMaker }))).seal
  expect([stranger?.verdict, stranger?.problems.map(({ code }) => code)]).toEqual(['test-seal', ['signer-unknown']])
})

test('nobody on the bundled list vouches for seals of our own making', async () => {
  expect(await verdictOf(sealedParts(), bundledTrust)).toBe('untrusted-signer')
})

test.each([
  ['the signer’s certificate had run out', { signedAt: Date.UTC(2031, 0, 1), validTo: Date.UTC(2035, 0, 1) }, ['signer-expired']],
  ['the seal had run out', { validTo: Date.UTC(2026, 0, 1) }, ['seal-expired']],
  ['the seal was not valid yet', { createdAt: Date.UTC(2026, 5, 1) }, ['seal-expired']],
  ['the signer may not sign', { signer: issue('仅加密', all.centre, { usage: 0x30 }) }, ['signer-unfit']],
])('not trusted because %s', async (_, signing, codes) => {
  const { seal } = await look(sealedParts(signing))
  expect([seal?.verdict, seal?.problems.map(({ code }) => code)]).toEqual(['untrusted-signer', codes])
})

test('a maker whose certificate begins after the seal it made, but before the signature, is accepted; and the other way round', async () => {
  const late = issue('新印章制作系统', all.centre, { notBefore: Date.UTC(2025, 0, 5) })
  expect(await verdictOf(sealedParts({ maker: late, createdAt: Date.UTC(2025, 0, 1) }))).toBe('trusted')
  const gone = issue('旧印章制作系统', all.centre, { notAfter: Date.UTC(2025, 5, 1) })
  expect(await verdictOf(sealedParts({ maker: gone, createdAt: Date.UTC(2025, 0, 1) }))).toBe('trusted')
})

test('a signature that states no time itself was made when the XML says, or eight hours before: some write local time and call it UTC', async () => {
  const until = (hour: number) => issue('演示省税务监制章', all.centre, { notAfter: Date.UTC(2026, 1, 3, hour) })
  const form = 'signed-data' as const
  expect((await look(sealedParts({ form }))).seal?.signedAt).toBe(Date.UTC(2026, 1, 3, 12, 5, 6))
  expect(await verdictOf(sealedParts({ form, signer: until(5) }))).toBe('trusted')
  expect(await verdictOf(sealedParts({ form, signer: until(4) }))).toBe('untrusted-signer')
})

test.each(['ses-1', 'ses-4', 'ses-5'] as const)('a timestamp in %s is told, and nothing rests on it', async (form) => {
  const { seal } = await look(sealedParts({ form, timestamp: new TextEncoder().encode('a token') }))
  expect(seal).toMatchObject({ verdict: 'trusted', problems: [{ code: 'timestamp-unchecked' }] })
  expect(await verdictOf(sealedParts({ form, timestamp: new TextEncoder().encode('a token'), signer: issue('路人', null) }))).toBe(
    'untrusted-signer',
  )
})

test('the list decides: revoked yesterday, no longer trusted today, with the version that says so', async () => {
  const revoked = trustIn(all, {
    version: 8,
    revocations: [{ what: 'certificate', issuer: 'CN=演示证书管理中心(SM2),OU=演示税务局,C=CN', serial: '1601', on: '2026-02-01' }],
  })
  expect((await look(sealedParts(), revoked)).seal).toMatchObject({
    verdict: 'untrusted-signer',
    trustList: 8,
    problems: [{ code: 'signer-revoked' }],
  })
})

test('an imported list is told apart: it trusts, we do not; and it takes back no revocation', async () => {
  const nobody = trustIn(all, { anchors: [] })
  const imported: Trust = { list: nobody.list, imported: trust.list }
  expect((await look(sealedParts(), imported)).seal).toMatchObject({
    verdict: 'untrusted-signer',
    problems: [{ code: 'trusted-by-imported-list' }],
  })
  const revoked = trustIn(all, {
    anchors: [],
    revocations: [{ what: 'key', publicKey: Buffer.from(all.signer.pair.key).toString('hex'), on: '2026-02-01' }],
  })
  const codes = (await look(sealedParts(), { list: revoked.list, imported: trust.list })).seal?.problems.map(({ code }) => code)
  expect(codes).not.toContain('trusted-by-imported-list')
})

test('authorities that came along in a SignedData lead up to a root; strangers beside them are not overlooked', async () => {
  const rootOnly = trustIn(all, { anchors: [anchorOf(all.root, '演示一级根(SM2)')] })
  expect(await verdictOf(sealedParts({ form: 'signed-data', along: [all.centre.certificate] }), rootOnly)).toBe('trusted')
  expect(await verdictOf(sealedParts({ form: 'signed-data' }), rootOnly)).toBe('untrusted-signer')
  expect(await verdictOf(sealedParts({ form: 'signed-data', along: [issue('路人', null).certificate] }))).toBe('untrusted-signer')
})

test(
  'authorities that all vouch for each other lead nowhere, and soon; more of them than any way needs are not followed',
  { timeout: 40_000 },
  async () => {
    const again = { authority: true, seed: 'ring' }
    const ring = issue('环', null, again)
    const others = (count: number) =>
      Array.from({ length: count }, (_, index) => issue('环', ring, { ...again, serial: index + 2 }).certificate)
    const signed = (count: number) => ({
      form: 'signed-data' as const,
      signer: issue('路人', ring),
      along: [ring.certificate, ...others(count)],
    })
    expect(await verdictOf(sealedParts(signed(6)))).toBe('untrusted-signer')
    expect(await verdictOf(sealedParts(signed(7)))).toBe('undecidable')
  },
)

test('sixteen signatures are checked, and of more nothing is decided', { timeout: 60_000 }, async () => {
  const times = (count: number) => Array.from({ length: count }, () => good)
  expect(await verdictOf(sealed(parts(), ...times(16)))).toBe('trusted')
  expect((await look(sealed(parts(), ...times(17)))).seal).toMatchObject({
    verdict: 'undecidable',
    problems: [{ code: 'signature-limit' }],
  })
})

test('a seal of another province than the code names is told; the national office seals for all', async () => {
  const national = issue('国家税务监制章', all.centre, { taxOffice: '10000000000' })
  expect((await look(sealedParts({ signer: national }))).seal?.problems).toEqual([])
  const elsewhere = issue('外省税务监制章', all.centre, { taxOffice: '13300000000' })
  expect((await look(sealedParts({ signer: elsewhere }))).seal).toMatchObject({
    verdict: 'trusted',
    problems: [{ code: 'office-mismatch' }],
  })
})
