import { sign } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundledList, openList, signedBytes } from '../../src/authenticity/index.ts'
import { makeKey } from '../fixtures/receipts.ts'
import { testDirectory, testGateway } from './kit/gateway.ts'
import { cardOf } from './kit/receipts.ts'

const list = JSON.stringify({ ...bundledList, version: 7 })

/** A signed list in a file, and the key that signed it. */
async function signed(change: (text: string) => string = (text) => text) {
  const { secret, key } = await makeKey(5)
  const text = change(JSON.stringify({ list, signature: sign(null, signedBytes(list), secret).toString('base64') }))
  const file = join(testDirectory(), 'trust.json')
  writeFileSync(file, text)
  return { text, env: { PIAOZAI_TRUST_LIST: file }, operatorKey: key.publicKey }
}

describe('the trust list of a gateway', () => {
  it('is what the operator signed, to the letter, for every origin, with its version on the card', async () => {
    const { text, env, operatorKey } = await signed()
    const gateway = await testGateway({ env, operatorKey })
    const reply = await gateway.fetch('/trust-list.json', { headers: { Origin: 'https://other.example' } })
    expect([reply.status, await reply.text()]).toEqual([200, text])
    expect(await openList(text, operatorKey)).toMatchObject({ is: 'operator', list: { version: 7 } })
    expect(reply.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(reply.headers.get('Cache-Control')).toBe('public, max-age=300')
    const again = await gateway.fetch('/trust-list.json', { headers: { 'If-None-Match': reply.headers.get('ETag')! } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await cardOf(gateway)).trustListVersion).toBe(7)
  })

  it('is none unless a setting names one', async () => {
    const gateway = await testGateway()
    expect((await gateway.fetch('/trust-list.json')).status).toBe(404)
    expect((await cardOf(gateway)).trustListVersion).toBeNull()
  })

  it.each<[string, (text: string) => string, RegExp]>([
    ['was changed', (text) => text.replace('2026', '2027'), /not signed with the operator key/],
    ['nobody signed', () => list, /nobody signed/],
    ['is none', () => '[]', /holds no trust list/],
  ])('that %s stops the start with a sentence', async (_, change, sentence) => {
    const { env, operatorKey } = await signed(change)
    await expect(testGateway({ env, operatorKey })).rejects.toThrow(sentence)
  })

  it('cannot be served by a build that pins no key, since no device would take it', async () => {
    const { env } = await signed()
    await expect(testGateway({ env })).rejects.toThrow(/pins no operator key/)
  })
})
