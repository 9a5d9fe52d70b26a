import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkReceipt, compareInvoice, saysTheSame, type KnownKeys } from '../../../src/authenticity/index.ts'
import { readText, toText } from '../../../src/authenticity/receipt/text.ts'
import { contents, listOf, makeKey, receiptOf, type MadeKey } from '../../fixtures/receipts.ts'

let mine: MadeKey
let known: KnownKeys[]
beforeAll(async () => {
  mine = await makeKey(1)
  known = [{ gateway: '示例网关', list: listOf([mine.key]) }]
})
afterEach(() => vi.restoreAllMocks())

/** A browser from before Ed25519. */
const withoutEd25519 = () => vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('unknown', 'NotSupportedError'))
const bytesOf = (text: string) => {
  const read = readText(text)
  if (read.is !== 'receipt') throw new Error(read.is)
  return read.bytes
}
const flipped = (text: string, bit: number) => {
  const bytes = bytesOf(text).slice()
  bytes[bit >> 3]! ^= 1 << (bit & 7)
  return toText(bytes)
}

describe('a receipt', () => {
  it('of a known key is valid, with what it says and whose it is', async () => {
    expect(await checkReceipt(receiptOf(mine), known)).toMatchObject({ is: 'valid', gateway: '示例网关', contents })
  })

  it('is checked by the library where the browser has no Ed25519, with the same outcome', async () => {
    const text = receiptOf(mine)
    withoutEd25519()
    expect((await checkReceipt(text, known)).is).toBe('valid')
    for (const bit of [50, 300, 97 * 8 - 1]) expect((await checkReceipt(flipped(text, bit), known)).is).toBe('altered')
  })

  it('with any bit flipped is never valid, and altered wherever the key is still known', async () => {
    const text = receiptOf(mine)
    for (let bit = 0; bit < 97 * 8; bit++) {
      const inKid = bit >= 8 && bit < 40
      expect([bit, (await checkReceipt(flipped(text, bit), known)).is]).toEqual([bit, inKid ? 'uncheckable' : 'altered'])
    }
  })

  it('with the group order added to its signature is altered: there is one signature', async () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const bytes = bytesOf(receiptOf(mine)).slice()
    const s = BigInt(`0x${Buffer.from(bytes.slice(65)).reverse().toString('hex')}`) + order
    bytes.set(Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse(), 65)
    const text = toText(bytes)
    expect((await checkReceipt(text, known)).is).toBe('altered')
    withoutEd25519()
    expect((await checkReceipt(text, known)).is).toBe('altered')
  })

  it('of an unknown key cannot be checked: it is never called altered', async () => {
    const other = await makeKey(2)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 4, maxLength: 4 }), async (nonce) => {
        expect(await checkReceipt(receiptOf(other, {}, nonce), known)).toMatchObject({ is: 'uncheckable', because: 'unknown-key' })
        expect(await checkReceipt(receiptOf(mine, {}, nonce), [])).toMatchObject({ is: 'uncheckable', because: 'unknown-key' })
      }),
      { numRuns: 20 },
    )
  })

  it('whose short key name two gateways share is the one’s that signed it', async () => {
    const other = await makeKey(2)
    const sameName = { ...other.key, kid: mine.key.kid }
    const both = [{ gateway: 'B', list: listOf([sameName]) }, ...known]
    expect(await checkReceipt(receiptOf(mine), both)).toMatchObject({ is: 'valid', gateway: '示例网关' })
  })

  it('of a revoked key, or from a time when its key was not in use, cannot be checked', async () => {
    const by = (change: object) => [{ gateway: 'G', list: listOf([{ ...mine.key, ...change }]) }]
    expect(await checkReceipt(receiptOf(mine), by({ revoked: true }))).toMatchObject({ is: 'uncheckable', because: 'key-revoked' })
    for (const change of [{ from: contents.at + 1000 }, { until: contents.at - 1000 }])
      expect(await checkReceipt(receiptOf(mine), by(change))).toMatchObject({ is: 'uncheckable', because: 'key-out-of-period' })
    expect(await checkReceipt(receiptOf(mine), by({ from: contents.at, until: contents.at }))).toMatchObject({ is: 'valid' })
  })

  it('of a later version cannot be checked either; any other text is no receipt', async () => {
    expect(await checkReceipt(receiptOf(mine).replace('FPR1', 'FPR3'), known)).toMatchObject({ because: 'later-version' })
    for (const text of ['fpR0', 'FPR2', 'FPR9ABC']) expect(await checkReceipt(text, known)).toEqual({ is: 'malformed' })
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect(await checkReceipt(text, known)).toEqual({ is: 'malformed' })
      }),
    )
  })
})

describe('a receipt and an invoice at hand', () => {
  const atHand = { code: null, number: contents.number, issuedOn: contents.issuedOn, amount: contents.amount }

  it('agree in number, date and total', () => {
    expect(compareInvoice(contents, atHand)).toEqual({ number: 'same', issuedOn: 'same', amount: 'same' })
  })

  it('differ where they differ; what one of them does not state is unknown', () => {
    expect(compareInvoice(contents, { ...atHand, amount: 38_601, issuedOn: null })).toEqual({
      number: 'same',
      issuedOn: 'unknown',
      amount: 'differs',
    })
    expect(compareInvoice({ ...contents, amount: null }, atHand).amount).toBe('unknown')
    expect(compareInvoice(contents, { ...atHand, number: '25002000000000003908' }).number).toBe('differs')
    expect(
      compareInvoice({ ...contents, code: '011002000111', number: '12345678' }, { ...atHand, code: '011002000111', number: '12345678' })
        .number,
    ).toBe('same')
  })

  it('an answer is borne out only by the receipt that says the same', () => {
    const at = contents.at + 400
    const answer = {
      verdict: 'confirmed',
      sources: [{ id: 's', class: 'authority', at, asOf: at, outcome: 'ok' }],
      answeredAt: at,
    } as const
    expect(saysTheSame(contents, answer)).toBe(true)
    expect(saysTheSame(contents, { ...answer, verdict: 'voided' })).toBe(false)
    expect(saysTheSame({ ...contents, class: 'registry' }, answer)).toBe(false)
    expect(saysTheSame(contents, { ...answer, answeredAt: at + 60_000 })).toBe(false)
  })
})
