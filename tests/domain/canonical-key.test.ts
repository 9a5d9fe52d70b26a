import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalKey, emptyInvoice, type Invoice, type Kind } from '../../src/domain/index.ts'
import { invoice, kindOf } from './arbitrary.ts'

const key = (kind: Kind, values: Partial<Invoice>) => canonicalKey({ ...emptyInvoice(kind), ...values })

test('a 20-digit number is the key, whatever kind a reader took it for', () => {
  fc.assert(
    fc.property(kindOf, (kind) => kind === 'blockchain' || key(kind, { number: '26112000000000012345' }) === '26112000000000012345'),
  )
})

test('with a code, both are the key, whatever kind a reader took it for', () => {
  for (const kind of ['vat-e-ordinary', 'toll', 'other', 'taxi'] as const)
    expect(key(kind, { code: '011002100111', number: '12345678' })).toBe('011002100111:12345678')
  expect(key('fiscal', { code: '11060124', number: '0000012345' })).toBe(key('other', { code: '11060124', number: '0000012345' }))
})

test('the same number under another code is another invoice', () => {
  expect(key('vat-special', { code: '1100212130', number: '12345678' })).not.toBe(
    key('vat-special', { code: '1100212131', number: '12345678' }),
  )
})

test('without its code a number alone is no key', () => {
  expect(key('vat-special', { number: '12345678' })).toBeNull()
})

test('a digital invoice has no code to wait for, even with an odd number', () => {
  expect(key('air', { number: '1234567890123456789' })).toBe('1234567890123456789')
})

test('a blockchain invoice is known by its hash', () => {
  expect(key('blockchain', { hash: 'abcdef0123', number: '12345678' })).toBe('hash:abcdef0123')
})

test('amounts, dates and names do not change the key', () => {
  fc.assert(
    fc.property(invoice, invoice, ({ kind, code, number, hash }, other) => {
      expect(canonicalKey({ ...other, kind, code, number, hash })).toBe(canonicalKey({ ...emptyInvoice(kind), code, number, hash }))
    }),
  )
})
