import { beforeAll, describe, expect, it } from 'vitest'
import { adoptKeys, adoptKeyText, openKeys, parseKeys, readKept, writeKeys } from '../../../src/authenticity/index.ts'
import { listOf, makeKey, signedList, type MadeKey } from '../../fixtures/receipts.ts'

let [a, b, root, otherRoot] = [] as unknown as MadeKey[]
beforeAll(async () => {
  ;[a, b, root, otherRoot] = await Promise.all([1, 2, 90, 91].map((seed) => makeKey(seed)))
})
const plain = (...given: Parameters<typeof listOf>) => writeKeys(listOf(...given))

describe('a key list', () => {
  it('can be written and read', () => {
    const list = listOf([a!.key, { ...b!.key, until: Date.parse('2026-01-01T00:00:00Z'), revoked: true }], { gateway: null })
    expect(parseKeys(writeKeys(list))).toEqual(list)
  })

  it('is its root’s when the root signed it, nobody’s without a signature, and forged otherwise', async () => {
    const signed = signedList(listOf([a!.key]), root!)
    expect(await openKeys(signed)).toMatchObject({ is: 'keys', root: root!.key.publicKey })
    expect(await openKeys(plain([a!.key]))).toMatchObject({ is: 'keys', root: null })
    expect(await openKeys(signed.replace('示例网关', '别的网关'))).toEqual({ is: 'forged' })
    expect(await openKeys(signed.replace(root!.key.publicKey, otherRoot!.key.publicKey))).toEqual({ is: 'forged' })
    expect(await openKeys(JSON.stringify({ list: plain([a!.key]) }))).toEqual({ is: 'forged' })
  })

  it.each([
    ['no JSON', () => 'x'],
    ['something else', () => '{}'],
    ['a version that is none', () => plain([a!.key], { version: 0 })],
    ['a key that is too short', () => plain([{ ...a!.key, publicKey: 'ab' }])],
    ['a time that is none', () => plain([a!.key]).replace(/"from":"[^"]*"/, '"from":"yesterday"')],
    ['one broken key among others', () => plain([b!.key, { ...a!.key, kid: 'XX' }])],
  ])('what is none is refused whole: %s', async (_, text) => {
    expect(await openKeys(text())).toEqual({ is: 'malformed' })
  })
})

describe('a device that holds a key list', () => {
  it('takes a newer one and keeps the keys it leaves out', async () => {
    const before = await adoptKeys(null, plain([a!.key]), null)
    const after = await adoptKeys(before, plain([b!.key], { version: 2 }), null)
    expect(after?.list.keys).toEqual([b!.key, a!.key])
  })

  it('takes no older one, none of another root, and none without a root after one with', async () => {
    const kept = await adoptKeys(null, signedList(listOf([a!.key], { version: 3 }), root!), null)
    for (const text of [
      signedList(listOf([b!.key], { version: 2 }), root!),
      signedList(listOf([b!.key], { version: 4 }), otherRoot!),
      plain([b!.key], { version: 4 }),
      'x',
    ])
      expect(await adoptKeys(kept, text, null)).toBe(kept)
    expect((await adoptKeys(kept, signedList(listOf([b!.key], { version: 4 }), root!), null))?.list.version).toBe(4)
  })

  it('never believes a revoked key again', async () => {
    const kept = await adoptKeys(null, plain([{ ...a!.key, revoked: true }]), null)
    expect((await adoptKeys(kept, plain([a!.key], { version: 9 }), null))?.list.keys[0]?.revoked).toBe(true)
  })

  it('whose build pins the operator’s key takes only what that signed', async () => {
    const pinned = root!.key.publicKey
    expect(await adoptKeys(null, plain([a!.key]), pinned)).toBeNull()
    expect(await adoptKeys(null, signedList(listOf([a!.key]), otherRoot!), pinned)).toBeNull()
    expect((await adoptKeys(null, signedList(listOf([a!.key]), root!), pinned))?.root).toBe(pinned)
  })

  it('keeps them as text', async () => {
    const first = await adoptKeyText(null, signedList(listOf([a!.key]), root!), null)
    expect(readKept(first ?? '')).toEqual({ root: root!.key.publicKey, list: listOf([a!.key]) })
    expect(await adoptKeyText(first, 'nonsense', null)).toBe(first)
    expect(await adoptKeyText(null, 'nonsense', null)).toBeNull()
    expect(readKept('nonsense')).toBeNull()
  })
})
