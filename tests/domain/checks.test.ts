import { expect, test } from 'vitest'
import { checkInvoice, emptyInvoice, type CheckName, type Invoice, type Line } from '../../src/domain/index.ts'

const check = (name: CheckName, values: Partial<Invoice>) =>
  checkInvoice({ ...emptyInvoice('digital-ordinary'), ...values }).find((one) => one.name === name)?.ok
const line = (amount: number | null): Line => ({
  name: null,
  spec: null,
  unit: null,
  quantity: null,
  unitPrice: null,
  amount,
  taxRate: null,
  tax: null,
})

test('of an empty invoice nothing can be told', () => {
  expect(new Set(checkInvoice(emptyInvoice('other')).map(({ ok }) => ok))).toEqual(new Set([null]))
})

test('net plus tax is the total, to the fen', () => {
  expect(check('net-plus-tax', { amountExTax: 9434, tax: 566, amount: 10000 })).toBe(true)
  expect(check('net-plus-tax', { amountExTax: 9434, tax: 565, amount: 10000 })).toBe(false)
  expect(check('net-plus-tax', { amountExTax: -9434, tax: -566, amount: -10000 })).toBe(true)
  expect(check('net-plus-tax', { amountExTax: 9434, amount: 10000 })).toBeNull()
})

test('the lines add up, discounts included', () => {
  expect(check('line-sums', { lines: [line(1000), line(-100)], amountExTax: 900 })).toBe(true)
  expect(check('line-sums', { lines: [line(1000)], amountExTax: 900 })).toBe(false)
  expect(check('line-sums', { lines: [line(1000), line(null)], amountExTax: 900 })).toBeNull()
})

test('the year in a 20-digit number is the year of issue', () => {
  const number = '26112000000000012345'
  expect(check('number-vs-date', { number, issuedOn: '2026-04-21' })).toBe(true)
  expect(check('number-vs-date', { number, issuedOn: '2025-12-31' })).toBe(false)
  expect(check('number-vs-date', { number: '12345678', issuedOn: '2026-04-21' })).toBeNull()
})

test.each<[string, Partial<Invoice>, true | null]>([
  ['a 20-digit number of Beijing', { number: '26112000000000012345' }, true],
  ['a 20-digit number of Shenzhen', { number: '26952000000000012345' }, true],
  ['a 12-digit code', { code: '011002100111' }, true],
  ['a 12-digit code that begins with its authority', { code: '132011420660' }, true],
  ['a 10-digit code', { code: '1100212130' }, true],
  ['a fiscal code', { code: '11060124' }, true],
  ['a region nobody knows', { number: '26992000000000012345' }, null],
  ['the region of demonstrations', { number: '26002000000000012345' }, null],
])('the region of %s is known or unknown, never wrong', (_what, values, ok) => {
  expect(check('region', values)).toBe(ok)
})

test('a tax id that does not hold is told, one of unknown form is not', () => {
  const buyer = (taxId: string) => ({ buyer: { name: null, taxId } })
  expect(check('tax-id', buyer('11010519491231002X'))).toBe(true)
  expect(check('tax-id', buyer('110105194912310021'))).toBe(false)
  expect(check('tax-id', buyer('110105491231002'))).toBeNull()
})
