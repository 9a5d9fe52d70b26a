import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sm2 as oracle } from 'sm-crypto-v2'
import { expect, test } from 'vitest'
import { readSignature } from '../../../src/authenticity/crypto/signature.ts'
import { identityHash, messageHash, readKey, verify, type Sm2Key } from '../../../src/authenticity/crypto/sm2.ts'
import { bits, oid, sequence } from '../../fixtures/seal/der.ts'
import { keyPair, signature } from '../../fixtures/seal/index.ts'

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

const cases = process.env.PIAOZAI_TEST_LONG ? 3_000 : 150

test(`${cases} cases: what the second implementation signs holds, and of damaged ones both say the same`, { timeout: 600_000 }, () => {
  const damage = fc.constantFrom('none', 'message', 'signature', 'key')
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.bigInt(1n, 2n ** 250n),
      damage,
      fc.nat(63),
      fc.integer({ min: 1, max: 255 }),
      (message, secret, what, at, by) => {
        const secretHex = secret.toString(16).padStart(64, '0')
        const publicHex = oracle.getPublicKeyFromPrivateKey(secretHex)
        const made = bytes(oracle.doSignature(message, secretHex, { hash: true, publicKey: publicHex }))
        const [usedMessage, usedMade, usedKey] = [message, made, bytes(publicHex)].map((one) => one.slice()) as [
          Uint8Array,
          Uint8Array,
          Uint8Array,
        ]
        const target = { none: null, message: usedMessage, signature: usedMade, key: usedKey }[what]
        if (target) {
          const place = what === 'key' ? 1 + at : at % target.length
          target[place] = (target[place] ?? 0) ^ by
        }
        const theirs = oracleSays(usedMessage, usedMade, usedKey)
        const point = readKey(usedKey)
        expect(point !== null && verify(point, usedMessage, readSignature(usedMade))).toBe(theirs)
        expect(theirs).toBe(what === 'none')
      },
    ),
    { numRuns: cases },
  )
})

function oracleSays(message: Uint8Array, made: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    return oracle.doVerifySignature(message, hex(made), hex(publicKey), { hash: true })
  } catch {
    return false
  }
}

const hasOpenSsl = spawnSync('openssl', ['version']).stdout?.toString().startsWith('OpenSSL 3') ?? false
if (hasOpenSsl) {
  test('OpenSSL verifies what our fixtures sign, and we verify what OpenSSL signs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sm2-'))
    const file = (name: string, content: Uint8Array | string) => {
      writeFileSync(join(folder, name), content)
      return join(folder, name)
    }
    const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']
    for (let round = 0; round < 5; round++) {
      const pair = keyPair(`openssl ${round}`)
      const info = sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.156.10197.1.301')), bits(pair.key))
      const pem = file('key.pem', `-----BEGIN PUBLIC KEY-----\n${Buffer.from(info).toString('base64')}\n-----END PUBLIC KEY-----\n`)
      const message = new TextEncoder().encode(`message ${round}`)
      const said = spawnSync('openssl', [
        ...['pkeyutl', '-verify', '-pubin', '-inkey', pem, '-in', file('message', message)],
        ...['-sigfile', file('signature', signature(pair, message)), ...options],
      ])
      expect([round, said.stdout.toString().trim()]).toEqual([round, 'Signature Verified Successfully'])
    }
    const secret = join(folder, 'secret.pem')
    execFileSync('openssl', ['ecparam', '-name', 'SM2', '-genkey', '-noout', '-out', secret])
    const info = execFileSync('openssl', ['ec', '-in', secret, '-pubout', '-outform', 'DER'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const made = execFileSync('openssl', ['pkeyutl', '-sign', '-inkey', secret, '-in', join(folder, 'message'), ...options])
    const publicKey = key(new Uint8Array(info.subarray(-65)))
    expect(verify(publicKey, new TextEncoder().encode('message 4'), readSignature(new Uint8Array(made)))).toBe(true)
    rmSync(folder, { recursive: true })
  })
} else console.info('No OpenSSL 3 here: SM2 is not compared with it')
