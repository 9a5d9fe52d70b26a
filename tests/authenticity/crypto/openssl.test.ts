import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSignature } from '../../../src/authenticity/crypto/signature.ts'
import { readKey, verify } from '../../../src/authenticity/crypto/sm2.ts'
import { sm3 } from '../../../src/authenticity/crypto/sm3.ts'
import { bits, oid, sequence } from '../../fixtures/seal/der.ts'
import { keyPair, signature } from '../../fixtures/seal/index.ts'

const isLong = process.env.PIAOZAI_TEST_LONG !== undefined
const options = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678']

/** The same bytes every time, as long as asked for. */
const madeBytes = (seed: number, length: number) =>
  Uint8Array.from({ length }, (_, index) => Math.imul(seed * 65_537 + index + 1, 2_654_435_761) >>> 24)

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'openssl-'))
  // Thousands of files on a busy machine.
  onTestFinished(() => rmSync(path, { recursive: true, force: true }), 300_000)
  return {
    put(name: string, content: Uint8Array | string): string {
      writeFileSync(join(path, name), content)
      return join(path, name)
    },
  }
}

/** Does a run of OpenSSL say so? It ends with 1 when a signature does not hold. */
const says = (args: readonly string[], sentence: string) =>
  new Promise<boolean>((resolve) => {
    execFile('openssl', args, (_, stdout) => resolve(stdout.includes(sentence)))
  })

/** One after the other in four rows: each is a process. */
async function inRows<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  const row = async (from: number) => {
    for (let index = from; index < count; index += 4) results[index] = await make(index)
  }
  await Promise.all([0, 1, 2, 3].map(row))
  return results
}

const sm2Cases = isLong ? 3_000 : 24
const sm3Cases = isLong ? 3_000 : 300

const has3 = spawnSync('openssl', ['version']).stdout?.toString().startsWith('OpenSSL 3') ?? false
if (has3) {
  test(`OpenSSL hashes ${sm3Cases} messages to the same SM3`, { timeout: 3_600_000 }, () => {
    const { put } = folder()
    const messages = Array.from({ length: sm3Cases }, (_, index) => madeBytes(index, index < 200 ? index : Math.imul(index, 37) % 5_000))
    const files = messages.map((message, index) => put(`${index}`, message))
    const hashes = execFileSync('openssl', ['dgst', '-sm3', '-r', ...files])
      .toString()
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 64))
    expect(hashes).toEqual(messages.map((message) => Buffer.from(sm3(message)).toString('hex')))
  })

  test(`OpenSSL and we say the same of ${sm2Cases} signatures, half of them damaged`, { timeout: 3_600_000 }, async () => {
    const { put } = folder()
    const said = await inRows(sm2Cases, async (index) => {
      const pair = keyPair(`openssl ${index % 50}`)
      const info = sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.156.10197.1.301')), bits(pair.key))
      const pem = `-----BEGIN PUBLIC KEY-----\n${Buffer.from(info).toString('base64')}\n-----END PUBLIC KEY-----\n`
      const message = madeBytes(index, 1 + (index % 90))
      const made = signature(pair, message)
      // The last byte of s, or one of the message: what stays is a signature of the right form.
      const damaged = index % 4 === 1 ? made : index % 4 === 3 ? message : null
      if (damaged) damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ (1 << (index % 7))
      const files = ['-inkey', put(`${index}.pem`, pem), '-in', put(`${index}.in`, message), '-sigfile', put(`${index}.sig`, made)]
      const theirs = await says(['pkeyutl', '-verify', '-pubin', ...files, ...options], 'Signature Verified Successfully')
      const point = readKey(pair.key)
      return [index, theirs, point !== null && verify(point, message, readSignature(made))] as const
    })
    expect(said).toEqual(said.map(([index]) => [index, index % 2 === 0, index % 2 === 0]))
  })

  test('what OpenSSL signs holds', { timeout: 3_600_000 }, async () => {
    const { put } = folder()
    const secret = put('secret.pem', execFileSync('openssl', ['ecparam', '-name', 'SM2', '-genkey', '-noout']))
    const info = execFileSync('openssl', ['ec', '-in', secret, '-pubout', '-outform', 'DER'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const point = readKey(new Uint8Array(info.subarray(-65)))
    const held = await inRows(isLong ? 300 : 4, async (index) => {
      const message = madeBytes(index, 10 + index)
      const args = ['pkeyutl', '-sign', '-inkey', secret, '-in', put(`${index}`, message), ...options]
      const made = await new Promise<Buffer>((resolve, reject) => {
        execFile('openssl', args, { encoding: 'buffer' }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
      })
      return point !== null && verify(point, message, readSignature(new Uint8Array(made)))
    })
    expect(held).toEqual(held.map(() => true))
  })
} else console.info('No OpenSSL 3 here: SM2 and SM3 are not compared with it')
