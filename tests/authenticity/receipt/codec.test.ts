import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../src/domain/index.ts'
import { receiptStatuses, type ReceiptContents } from '../../../src/authenticity/index.ts'
import { decodePayload, encodePayload } from '../../../src/authenticity/receipt/payload.ts'
import { readText, receiptId, toText } from '../../../src/authenticity/receipt/text.ts'
import { contents } from '../../fixtures/receipts.ts'

const envelope = { kid: Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4), nonce: Uint8Array.of(9, 8, 7, 6) }
const hex = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('hex')
const again = (change: Partial<ReceiptContents>) => decodePayload(encodePayload({ ...contents, ...change }, envelope)!)
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
const minute = 60_000

const identifier = fc.oneof(
  fc.tuple(fc.constant(null), digits(20)),
  fc.tuple(digits(12), digits(8)),
  fc.tuple(digits(10), digits(8)),
  fc.tuple(digits(8), digits(10)),
  fc.tuple(fc.constant(null), fc.integer({ min: 5, max: 19 }).chain(digits)),
)
const anyContents: fc.Arbitrary<ReceiptContents> = fc
  .record({
    status: fc.constantFrom(...receiptStatuses),
    class: fc.constantFrom('authority', 'registry', 'peer', 'demo', null),
    at: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((seconds) => seconds * 1000),
    age: fc.oneof(
      fc.integer({ min: 0, max: 32_767 }).map((minutes) => minutes * minute),
      fc.integer({ min: 547, max: 32_766 }).map((hours) => hours * 60 * minute),
    ),
    of: identifier,
    issuedOn: fc.option(
      fc.integer({ min: 0, max: 65_534 }).map((days) => addDays('2015-01-01', days)),
      { nil: null },
    ),
    amount: fc.option(fc.integer({ min: -(2 ** 39) + 1, max: 2 ** 39 - 1 }), { nil: null }),
  } as const)
  .map(({ age, of: [code, number], ...rest }) => ({ ...rest, asOf: rest.at - age, orEarlier: false, code, number }))

describe('the payload', () => {
  it('is laid out byte by byte as the design has it', () => {
    expect(hex(encodePayload(contents, envelope))).toBe(
      ['10', 'a1b2c3d4', '11', '6842850c', '007d', '25002000000000003907', '0ee0', '00000096c8', '09080706'].join(''),
    )
  })

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(anyContents, (one) => {
        const bytes = encodePayload(one, envelope)
        expect(bytes).toHaveLength(33)
        expect(decodePayload(bytes!)).toEqual(one)
      }),
    )
  })

  it('has one writing: bytes that are read are the bytes that would be written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), fc.constantFrom(0, 1, 2, 3, 4), (bytes, layout) => {
        bytes[0] = 0x10 | layout
        const read = decodePayload(bytes)
        if (read !== null && !read.orEarlier)
          expect(hex(encodePayload(read, { kid: bytes.subarray(1, 5), nonce: bytes.subarray(29) }))).toBe(hex(bytes))
      }),
    )
  })

  it.each([
    ['12 + 8', '011002000111', '12345678', '11', '01100200011112345678'],
    ['10 + 8', '1100200011', '12345678', '12', '00110020001112345678'],
    ['8 + 10', '11010123', '1234567890', '13', '00110101231234567890'],
    ['8 alone', null, '12345678', '14', 'ffffffffffff12345678'],
  ])('code and number of %s', (_, code, number, first, bcd) => {
    const bytes = hex(encodePayload({ ...contents, code, number }, envelope))
    expect([bytes.slice(0, 2), bytes.slice(24, 44)]).toEqual([first, bcd])
    expect(again({ code, number })).toMatchObject({ code, number })
  })

  it('cannot hold more than twenty digits, or what is no digit', () => {
    for (const [code, number] of [
      ['123456789012', '123456789'],
      [null, '1234567x'],
      [null, ''],
    ] as const)
      // prettier-ignore
      expect(encodePayload({ ...contents, code, number }, envelope)).toBeNull()
  })

  it('never makes data younger than they are, and says when they are older than it can say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 * 365 * 1440 * minute }), (age) => {
        const { asOf = 0, orEarlier } = again({ asOf: contents.at - age }) ?? {}
        expect(orEarlier || (asOf <= contents.at - age && contents.at - age - asOf < 60 * minute)).toBe(true)
        expect(orEarlier).toBe(age > 32_766 * 60 * minute)
      }),
    )
    expect(again({ asOf: contents.at + minute })?.asOf).toBe(contents.at)
  })

  it('an amount that is too large, and a date that is too early, are not stated rather than wrong', () => {
    expect(again({ amount: 2 ** 39 })?.amount).toBeNull()
    expect(again({ amount: -(2 ** 39) })?.amount).toBeNull()
    expect(again({ issuedOn: '2014-12-31' })?.issuedOn).toBeNull()
  })
})

describe('the text', () => {
  const receipt = fc.uint8Array({ minLength: 97, maxLength: 97 }) as fc.Arbitrary<Uint8Array<ArrayBuffer>>

  it('is 160 characters of the alphanumeric set, one SMS, and comes back', () => {
    fc.assert(
      fc.property(receipt, (bytes) => {
        const text = toText(bytes)
        expect(text).toMatch(/^FPR1[A-Z2-7]{156}$/)
        for (const given of [
          text,
          `https://piaozai.example/R#${text}`,
          `HTTPS://PIAOZAI.EXAMPLE:8443/R#${text}`,
          ` ${text.slice(0, 70)}\n${text.slice(70)} `,
        ])
          expect(readText(given)).toEqual({ is: 'receipt', bytes })
      }),
    )
  })

  it('has one writing: a character more, less or other, or a set bit after the end, is none', () => {
    const text = toText(new Uint8Array(97))
    for (const broken of [
      text.slice(1),
      text.slice(0, -1),
      `${text}A`,
      text.replace('A', '1'),
      text.replace(/A$/, 'B'),
      'FPR1',
      '',
      'x'.repeat(5000),
    ])
      expect(readText(broken)).toEqual({ is: 'malformed' })
    expect(readText(text.replace('FPR1', 'FPR2'))).toEqual({ is: 'later-version' })
  })

  it('has a name of ten characters without I, L, O, U: the first 50 bits of its hash', async () => {
    const id = await receiptId(new Uint8Array(97))
    expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(97))).readBigUInt64BE() >> 14n
    const value = [...id.replace('-', '')].reduce((sum, char) => sum * 32n + BigInt('0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(char)), 0n)
    expect(value).toBe(hash)
  })
})
