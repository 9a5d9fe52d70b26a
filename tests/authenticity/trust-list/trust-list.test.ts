import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { adopt, bundledList, newestOf, openList, parseList, signedBytes, type TrustList } from '../../../src/authenticity/index.ts'
import { readKey } from '../../../src/authenticity/crypto/sm2.ts'
import { fromHex } from '../../../src/authenticity/crypto/bytes.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const pinned = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
const text = JSON.stringify({ ...bundledList, version: 9 })
const signedBy = (list: string, over = signedBytes(list)) =>
  JSON.stringify({ list, signature: sign(null, over, privateKey).toString('base64') })

test('the bundled list is one: its anchors are keys of the curve, and it can be written and read', () => {
  expect(parseList(JSON.stringify(bundledList))).toEqual(bundledList)
  for (const { publicKey: key } of bundledList.anchors) expect(readKey(fromHex(key) ?? new Uint8Array())).not.toBeNull()
})

test('a list signed by the pinned key is the operator’s', async () => {
  expect(await openList(signedBy(text), pinned)).toEqual({ is: 'operator', list: { ...bundledList, version: 9 } })
})

test('a browser without Ed25519 verifies by the library, and says the same', async () => {
  const without = vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('unknown', 'NotSupportedError'))
  expect((await openList(signedBy(text), pinned)).is).toBe('operator')
  expect((await openList(signedBy(text).replace('"signature":"', '"signature":"AA'), pinned)).is).toBe('forged')
  expect((await openList(signedBy(text, signedBytes(`${text} `)), pinned)).is).toBe('forged')
  without.mockRestore()
})

test('a signature over anything else, by anybody else, or with no key pinned, is none', async () => {
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
  expect(await openList(signedBy(text, new TextEncoder().encode(text)), pinned)).toEqual({ is: 'forged' })
  expect(await openList(signedBy(text), other)).toEqual({ is: 'forged' })
  expect(await openList(signedBy(text), null)).toEqual({ is: 'forged' })
  expect(
    await openList(
      JSON.stringify({ list: text.replace('"version":9', '"version":10'), signature: JSON.parse(signedBy(text)).signature }),
      pinned,
    ),
  ).toEqual({ is: 'forged' })
})

test('a list without a signature is only its importer’s', async () => {
  expect((await openList(text, pinned)).is).toBe('imported')
})

test.each([
  ['no JSON', 'x'],
  ['something else', '{}'],
  ['no version', JSON.stringify({ ...bundledList, version: undefined })],
  ['a key in upper case', text.replace(bundledList.anchors[0]?.publicKey ?? '', (key) => key.toUpperCase())],
  ['a date that is none', text.replace('2014-01-01', '2014-02-30')],
  ['one broken revocation', JSON.stringify({ ...bundledList, revocations: [{ what: 'certificate', issuer: 'CN=x', on: '2026-01-01' }] })],
])('what is no list is refused whole: %s', async (_, broken) => {
  expect(await openList(broken, pinned)).toEqual({ is: 'malformed' })
})

describe('a list never takes back a revocation', () => {
  const list = (version: number, ...keys: string[]): TrustList => ({
    ...bundledList,
    version,
    issuedOn: `2026-01-${keys.length + 10}`,
    revocations: keys.map((publicKey) => ({ what: 'key', publicKey, on: '2026-01-01' })),
  })

  test('and never replaces one that is as new or newer', () => {
    expect(adopt(list(3), list(3, 'a'))).toEqual(list(3))
    expect(adopt(list(3), list(2, 'a'))).toEqual(list(3))
    expect(adopt(list(3, 'a', 'b'), list(4, 'b', 'c'))).toEqual({ ...list(4, 'b', 'c'), revocations: list(4, 'b', 'c', 'a').revocations })
  })

  test('of the kept and the bundled list the newer counts, of two alike the kept one, with what either revokes', () => {
    const revoked = (one: TrustList) => one.revocations.map((each) => each.what === 'key' && each.publicKey)
    for (const [kept, bundled, version] of [
      [list(3, 'a'), list(2, 'b', 'c'), 3],
      [list(3, 'a'), list(3, 'b', 'c'), 3],
      [list(3, 'a'), list(4, 'b', 'c'), 4],
    ] as const) {
      const newest = newestOf(kept, bundled)
      expect([newest.version, newest.issuedOn]).toEqual([version, version === 4 ? bundled.issuedOn : kept.issuedOn])
      expect(new Set(revoked(newest))).toEqual(new Set(['a', 'b', 'c']))
      expect(newestOf(newest, bundled)).toEqual(newest)
    }
  })
})
