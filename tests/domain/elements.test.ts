import fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementsOf, emptyInvoice, isAnswerable, missingElements, ruleOf, type Invoice, type Kind } from '../../src/domain/index.ts'
import { invoice } from './arbitrary.ts'

test.each<[Kind, string[]]>([
  ['vat-special', ['amountExTax', 'code']],
  ['vat-ordinary', ['checkCode', 'code']],
  ['vat-e-ordinary', ['checkCode', 'code']],
  ['vat-e-special', ['amountExTax', 'code']],
  ['vat-roll', ['checkCode', 'code']],
  ['toll', ['checkCode', 'code']],
  ['motor-vehicle', ['amountExTax', 'code']],
  ['used-vehicle', ['amount', 'code']],
  ['digital-special', ['amount']],
  ['digital-ordinary', ['amount']],
  ['digital-paper-special', ['amountExTax', 'code']],
  ['digital-paper-ordinary', ['checkCode', 'code']],
  ['rail', ['amount']],
  ['air', ['amount']],
  ['fiscal', ['amount', 'checkCode', 'code']],
  ['blockchain', ['amount', 'hash']],
])('%s is verified by number, date and %j', (kind, more) => {
  expect(missingElements(emptyInvoice(kind)).toSorted()).toEqual([...more, 'issuedOn', 'number'].toSorted())
})

test.each<Kind>(['taxi', 'quota', 'other'])('%s can be checked by nobody, and nothing is asked for', (kind) => {
  const full: Invoice = {
    ...emptyInvoice(kind),
    code: '1',
    number: '2',
    issuedOn: '2026-01-01',
    amount: 1,
    amountExTax: 1,
    checkCode: '123456',
    hash: 'h',
  }
  expect(missingElements(full)).toEqual([])
  expect(isAnswerable(full)).toBe(false)
  expect(elementsOf(full)).toBeNull()
})

test('a question carries exactly the elements of its kind, and none while one is missing', () => {
  fc.assert(
    fc.property(invoice, (one) => {
      const wanted = [...ruleOf(one.kind).elements]
      const elements = elementsOf(one)
      expect(elements === null).toBe(wanted.length === 0 || missingElements(one).length > 0)
      if (elements) expect(Object.keys(elements).toSorted()).toEqual(['kind', ...wanted].toSorted())
    }),
  )
})

test('of a check code the last six are asked', () => {
  const one: Invoice = {
    ...emptyInvoice('vat-e-ordinary'),
    code: '011002100111',
    number: '12345678',
    issuedOn: '2021-05-06',
    checkCode: '12345678901234567890',
  }
  expect(elementsOf(one)?.checkCode).toBe('567890')
})

test('an amount of zero is an amount', () => {
  const one: Invoice = { ...emptyInvoice('rail'), number: '26119000000000012345', issuedOn: '2026-01-01', amount: 0 }
  expect(elementsOf(one)).toMatchObject({ amount: 0 })
})
