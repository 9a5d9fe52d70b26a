import { expect, test } from 'vitest'
import { readCertificate } from '../../../src/authenticity/certificate/certificate.ts'
import { follow } from '../../../src/authenticity/certificate/chain.ts'
import { Malformed } from '../../../src/authenticity/der/read.ts'
import { anchorOf, issue, people, trustIn, type Party } from '../../fixtures/seal/index.ts'

const all = people()
const { root, centre, signer, testSigner } = all
const { list } = trustIn(all)
const in2026 = [Date.UTC(2026, 5, 1)]
const leads = (party: Party, pool: readonly Party[] = [], trust = list, times: readonly number[] = in2026) =>
  follow(
    readCertificate(party.certificate),
    pool.map((one) => readCertificate(one.certificate)),
    trust,
    times,
  ).leads

const rootOnly = { ...list, anchors: [anchorOf(root, '演示一级根(SM2)')] }

test('a certificate says whom it names, and by whom', () => {
  const read = readCertificate(signer.certificate)
  expect(read).toMatchObject({
    serial: '1601',
    subject: { full: 'CN=演示省税务监制章,OU=演示税务局,C=CN', commonName: '演示省税务监制章', organisation: '演示税务局' },
    issuer: { full: 'CN=演示证书管理中心(SM2),OU=演示税务局,C=CN' },
    extensions: { isAuthority: false, uses: { signing: true, certificates: false }, taxOffice: '11100000000', isUnderstood: true },
  })
})

test('it leads to the anchor that signed it, or to one above an authority that came along', () => {
  expect(leads(signer)).toBe('anchor')
  expect(leads(signer, [], rootOnly)).toBe('unknown')
  expect(leads(signer, [centre], rootOnly)).toBe('anchor')
})

test('names alone lead nowhere', () => {
  const clone = issue('演示证书管理中心(SM2)', root, { authority: true, seed: 'clone', keyId: centre.keyId })
  expect(leads(issue('演示省税务监制章', clone))).toBe('forged')
  expect(leads(issue('演示省税务监制章', clone), [clone], rootOnly)).toBe('anchor')
  const ownRoot = issue('演示一级根(SM2)', null, { authority: true, seed: 'own root', keyId: root.keyId })
  const ownCentre = issue('演示证书管理中心(SM2)', ownRoot, { authority: true, seed: 'own centre', keyId: centre.keyId })
  expect(leads(issue('x', ownCentre), [ownCentre, ownRoot], rootOnly)).toBe('forged')
})

test('an authority must be one', () => {
  const noAuthority = issue('演示证书管理中心(SM2)', root, { authority: false, usage: 0x06 })
  const noCertificates = issue('演示证书管理中心(SM2)', root, { authority: true, usage: 0xc0 })
  const silent = issue('演示证书管理中心(SM2)', root, { authority: true, usage: null })
  for (const one of [noAuthority, noCertificates, silent]) expect(leads(issue('x', one), [one], rootOnly)).toBe('unknown')
  expect(leads(issue('x', signer), [signer])).toBe('unknown')
})

test('it must have been valid, and its authorities with it', () => {
  expect(leads(signer, [], list, [Date.UTC(2019, 0, 1)])).toBe('expired')
  expect(leads(signer, [], list, [Date.UTC(2035, 0, 1)])).toBe('expired')
  expect(leads(signer, [], list, [])).toBe('expired')
  expect(leads(issue('x', centre, { notBefore: Date.UTC(2027, 0, 1) }))).toBe('expired')
  expect(leads(issue('x', centre, { notAfter: Date.UTC(2025, 0, 1) }))).toBe('expired')
  for (const [notBefore, notAfter] of [
    ['2027-01-01', '2034-01-01'],
    ['2014-01-01', '2025-01-01'],
  ] as const)
    expect(leads(signer, [], { ...list, anchors: list.anchors.map((one) => ({ ...one, notBefore, notAfter })) })).toBe('expired')
  const brief = issue('演示证书管理中心(SM2)', root, { authority: true, notAfter: Date.UTC(2022, 0, 1) })
  expect(leads(signer, [brief], rootOnly)).toBe('expired')
  // Each valid at one of the two times, and never both.
  const late = issue('演示证书管理中心(SM2)', root, { authority: true, notBefore: Date.UTC(2024, 0, 1) })
  const old = issue('x', late, { notAfter: Date.UTC(2023, 0, 1) })
  expect(leads(old, [late], rootOnly, [Date.UTC(2022, 0, 1), ...in2026])).toBe('expired')
})

test('an authority goes by its own name and key id', () => {
  const other = { authority: true, seed: '演示证书管理中心(SM2)' }
  expect(leads(signer, [issue('演示另一中心(SM2)', root, { ...other, keyId: centre.keyId })], rootOnly)).toBe('unknown')
  expect(leads(signer, [issue('演示证书管理中心(SM2)', root, { ...other, keyId: root.keyId })], rootOnly)).toBe('unknown')
  expect(leads(signer, [], { ...list, anchors: list.anchors.map((one) => ({ ...one, keyId: '0'.repeat(40) })) })).toBe('unknown')
})

test('a way has no more than four authorities between, and no more than each of them allows below it', () => {
  const line = (count: number, pathLength?: number) => {
    const chain = [root]
    for (let index = 0; index < count; index++)
      chain.unshift(
        issue(`演示中心 ${index}`, chain[0] ?? root, { authority: true, ...(index === 0 && pathLength !== undefined && { pathLength }) }),
      )
    return leads(issue('x', chain[0] ?? root), chain.slice(0, -1), rootOnly)
  }
  expect([1, 4, 5].map((count) => line(count))).toEqual(['anchor', 'anchor', 'unknown'])
  expect([line(1, 0), line(3, 2), line(3, 1)]).toEqual(['anchor', 'anchor', 'unknown'])
})

test('what is revoked stays revoked: a certificate, a key, an anchor', () => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  const with1 = (one: (typeof list)['revocations'][number]) => ({ ...list, revocations: [one] })
  const on = '2026-01-01'
  expect(leads(signer, [], with1({ what: 'certificate', issuer: 'CN=演示证书管理中心(SM2),OU=演示税务局,C=CN', serial: '1601', on }))).toBe(
    'revoked',
  )
  expect(leads(signer, [], with1({ what: 'certificate', issuer: 'CN=another', serial: '1601', on }))).toBe('anchor')
  expect(leads(signer, [], with1({ what: 'key', publicKey: hex(signer.pair.key), on }))).toBe('revoked')
  expect(leads(signer, [], with1({ what: 'key', publicKey: hex(centre.pair.key), on }))).toBe('revoked')
})

test('a critical extension that nobody understands here is respected', () => {
  expect(leads(issue('x', centre, { critical: '1.2.3.4' }))).toBe('unfit')
})

test('an issuer of test seals is known by name and key id together', () => {
  expect(leads(testSigner)).toBe('test')
  expect(leads(issue('x', all.testCentre, { issuerKeyId: new Uint8Array(20) }))).toBe('unknown')
})

test('no byte of a certificate can be changed without its being refused or leading nowhere', () => {
  for (let at = 0; at < signer.certificate.length; at++) {
    const flipped = signer.certificate.slice()
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
    let found: string
    try {
      found = follow(readCertificate(flipped), [], list, in2026).leads
    } catch (error) {
      expect(error).toBeInstanceOf(Malformed)
      continue
    }
    expect([at, found]).not.toEqual([at, 'anchor'])
  }
})
