import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalElements, type Elements } from '../../src/domain/index.ts'
import { elements } from './arbitrary.ts'

const keys = ['kind', 'code', 'number', 'issuedOn', 'amount', 'amountExTax', 'checkCode', 'hash'] as const

function equal(a: Elements, b: Elements): boolean {
  return keys.every((key) => (a[key] ?? '') === (b[key] ?? '') || (a[key] === 0 && b[key] === 0))
}

test('two questions have the same text exactly when all their elements are the same', () => {
  fc.assert(
    fc.property(elements, elements, (a, b) => (canonicalElements(a) === canonicalElements(b)) === equal(a, b)),
    { numRuns: 500 },
  )
})

test('any one changed element makes another question', () => {
  const change = fc.record({ at: fc.constantFrom(...keys), other: elements })
  fc.assert(
    fc.property(elements, change, (one, { at, other }) => {
      const changed: Elements = { ...one, [at]: other[at] }
      return (canonicalElements(changed) === canonicalElements(one)) === equal(changed, one)
    }),
    { numRuns: 2_000 },
  )
})

test('the order in which the elements were written does not matter', () => {
  fc.assert(
    fc.property(elements, (one) => {
      const reversed = Object.fromEntries(Object.entries(one).toReversed()) as unknown as Elements
      return canonicalElements(reversed) === canonicalElements(one)
    }),
  )
})

test('a separator inside a value cannot make two questions one', () => {
  const base = { kind: 'vat-special', issuedOn: '2026-01-01' } as const
  expect(canonicalElements({ ...base, code: 'a|b', number: 'c' })).not.toBe(canonicalElements({ ...base, code: 'a', number: 'b|c' }))
})
