import { createHash, getHashes } from 'node:crypto'
import fc from 'fast-check'
import { sm3 as oracle } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { sm3 } from '../../../src/authenticity/crypto/sm3.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const utf8 = (text: string) => new TextEncoder().encode(text)

test.each([
  ['abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
  ['abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
])('the examples of GB/T 32905 annex A: %s', (text, hash) => {
  expect(hex(sm3(utf8(text)))).toBe(hash)
})

test('every length around a block hashes as the second implementation does', () => {
  for (let length = 0; length <= 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff)
    expect([length, hex(sm3(bytes))]).toEqual([length, oracle(bytes)])
  }
})

test('however a message is cut into parts, its hash is the same', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 6 }), (parts) => {
      expect(hex(sm3(...parts))).toBe(oracle(Uint8Array.from(parts.flatMap((part) => [...part]))))
    }),
  )
})

if (getHashes().includes('sm3')) {
  test('large messages hash as OpenSSL does', () => {
    const bytes = new Uint8Array(1_000_003).map((_, index) => (index * 7) & 0xff)
    expect(hex(sm3(bytes))).toBe(createHash('sm3').update(bytes).digest('hex'))
  })
}
