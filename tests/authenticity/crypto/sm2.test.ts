import fc from 'fast-check'
import { sm2 as first } from 'sm-crypto'
import { sm2 as second } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { readSignature } from '../../../src/authenticity/crypto/signature.ts'
import { identityHash, messageHash, readKey, verify, type Sm2Key } from '../../../src/authenticity/crypto/sm2.ts'
import { sm3 } from '../../../src/authenticity/crypto/sm3.ts'
import { keyPair, sign, signature } from '../../fixtures/seal/index.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const key = (raw: Uint8Array): Sm2Key => {
  const found = readKey(raw)
  if (!found) throw new Error('no key')
  return found
}

test('the example of GB/T 32918.5 annex A', () => {
  const publicKey = bytes(
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  )
  const message = new TextEncoder().encode('message digest')
  expect(hex(identityHash(publicKey))).toBe('b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3')
  expect(hex(messageHash(publicKey, message))).toBe('f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640')
  const made = readSignature(
    bytes(
      'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
    ),
  )
  expect(verify(key(publicKey), message, made)).toBe(true)
  expect(verify(key(publicKey), message, { r: made.s, s: made.r })).toBe(false)
})

test('the example of GB/T 32918.2 annex A: its hashes; its key is a point of another curve, and no key here', () => {
  const parameters = [
    '787968b4fa32c3fd2417842e73bbfeff2f3c848b6831d7e0ec65228b3937e498',
    '63e4c6d3b23b0c849cf84241484bfe48f61d59a5b16ba06e6e12d1da27c5249a',
    '421debd61b62eab6746434ebc3cc315e32220b3badd50bdc4c4e6c147fedd43d',
    '0680512bcbb42c07d47349d2153b70c4e5d7fdfcbfa36ea1a85841b9e46e09a2',
  ]
  const publicKey = bytes(
    '040ae4c7798aa0f119471bee11825be46202bb79e2a5844495e97c04ff4df2548a7c0240f88f1cd4e16352a73c17b7f16f07353e53a176d684a9fe0c6bb798e857',
  )
  const who = new TextEncoder().encode('ALICE123@YAHOO.COM')
  const z = sm3(Uint8Array.of(0, who.length * 8), who, ...parameters.map(bytes), publicKey.subarray(1))
  expect(hex(z)).toBe('f4a38489e32b45b6f876e3ac2168ca392362dc8f23459c1d1146fc3dbfb7bc9a')
  expect(hex(sm3(z, new TextEncoder().encode('message digest')))).toBe('b524f552cd82b8b028476e005c377fb19a87e6fc682d48bb5d42e3d9b9effe76')
  expect(readKey(publicKey)).toBeNull()
})

test('another identity is another signature', () => {
  const pair = keyPair('identity')
  const message = new TextEncoder().encode('m')
  const made = sign(pair, message)
  expect(verify(key(pair.key), message, made)).toBe(true)
  expect(verify(key(pair.key), message, made, new TextEncoder().encode('ALICE123@YAHOO.COM'))).toBe(false)
})

test('numbers out of range, and a key that is no point, verify nothing', () => {
  const pair = keyPair('range')
  const message = new TextEncoder().encode('m')
  const { r, s } = readSignature(signature(pair, message))
  const n = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
  expect(verify(key(pair.key), message, { r, s })).toBe(true)
  for (const wrong of [
    { r: 0n, s },
    { r, s: 0n },
    { r: r + n, s },
    { r, s: s + n },
    { r, s: n - r },
    { r: n, s },
  ])
    expect(verify(key(pair.key), message, wrong)).toBe(false)
  const off = pair.key.slice()
  off[64] = (off[64] ?? 0) ^ 1
  expect(readKey(off)).toBeNull()
  expect(readKey(pair.key.slice(1))).toBeNull()
  expect(readKey(new Uint8Array(65).fill(0, 0).fill(4, 0, 1))).toBeNull()
})

/** Other implementations, and how many cases are asked of each: the first is independent to its arithmetic, and slow. */
const others = [
  {
    name: 'sm-crypto',
    cases: 30,
    publicKey: (secret: string) => first.getPublicKeyFromPrivateKey(secret),
    sign: (message: Uint8Array, secret: string, publicKey: string) => first.doSignature([...message], secret, { hash: true, publicKey }),
    verify: (message: Uint8Array, made: string, publicKey: string) =>
      first.doVerifySignature([...message], made, publicKey, { hash: true }),
  },
  {
    name: 'sm-crypto-v2',
    cases: 100,
    publicKey: (secret: string) => second.getPublicKeyFromPrivateKey(secret),
    sign: (message: Uint8Array, secret: string, publicKey: string) => second.doSignature(message, secret, { hash: true, publicKey }),
    verify: (message: Uint8Array, made: string, publicKey: string) => second.doVerifySignature(message, made, publicKey, { hash: true }),
  },
]

/** A case: what is signed, by whom, and which byte of what is another afterwards. */
const anyCase = fc.record({
  message: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  secret: fc.bigInt(1n, 2n ** 250n),
  what: fc.constantFrom('none', 'message', 'signature', 'key'),
  at: fc.nat(63),
  by: fc.integer({ min: 1, max: 255 }),
})

test.each(others)(
  'what $name signs holds, and of damaged ones both say the same',
  { timeout: 3_600_000 },
  ({ cases, publicKey, sign: signedBy, verify: verifiedBy }) => {
    const says = (message: Uint8Array, made: Uint8Array, ofKey: Uint8Array) => {
      try {
        return verifiedBy(message, hex(made), hex(ofKey))
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(anyCase, ({ message, secret, what, at, by }) => {
        const secretHex = secret.toString(16).padStart(64, '0')
        const ofKey = publicKey(secretHex)
        const used = { message: message.slice(), signature: bytes(signedBy(message, secretHex, ofKey)), key: bytes(ofKey) }
        if (what !== 'none') {
          const place = what === 'key' ? 1 + at : at % used[what].length
          used[what][place] = (used[what][place] ?? 0) ^ by
        }
        const point = readKey(used.key)
        const ours = point !== null && verify(point, used.message, readSignature(used.signature))
        expect([ours, says(used.message, used.signature, used.key)]).toEqual([what === 'none', what === 'none'])
      }),
      { numRuns: process.env.PIAOZAI_TEST_LONG ? 3_000 : cases },
    )
  },
)
