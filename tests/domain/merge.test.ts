import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyInvoice, merge, type Invoice, type Origin } from '../../src/domain/index.ts'
import { agreeing, originOf, reading, type Reading } from './arbitrary.ts'

const read = (values: Partial<Invoice>, origin: Origin, kind: Invoice['kind'] = 'vat-e-ordinary'): Reading => {
  const invoice = { ...emptyInvoice(kind), ...values }
  return { invoice, provenance: originOf(invoice, origin) }
}

test('adding a reading twice changes nothing', () => {
  fc.assert(
    fc.property(reading, reading, (a, b) => {
      const once = merge(a, b)
      expect(merge(once, b)).toEqual(once)
    }),
  )
})

test('adding what is already known changes nothing', () => {
  fc.assert(
    fc.property(reading, (a) => {
      expect(merge(a, a)).toEqual({ ...a, conflicts: [] })
    }),
  )
})

test('readings that do not contradict each other fill their gaps in any order', () => {
  fc.assert(
    fc.property(agreeing, ([a, b]) => {
      const [one, other] = [merge(a, b), merge(b, a)]
      expect(one).toEqual(other)
      expect(one.conflicts).toEqual([])
    }),
  )
})

test('nothing that is known gets lost', () => {
  fc.assert(
    fc.property(reading, reading, (a, b) => {
      const known = Object.keys(merge(a, b).provenance)
      for (const field of [...Object.keys(a.provenance), ...Object.keys(b.provenance)]) expect(known).toContain(field)
    }),
  )
})

test('every value shown is one of the two, with the origin of the one it is', () => {
  fc.assert(
    fc.property(reading, reading, (a, b) => {
      const { invoice, provenance } = merge(a, b)
      for (const field of ['code', 'number', 'issuedOn', 'amountExTax', 'tax', 'amount', 'checkCode', 'hash'] as const) {
        const from = [a, b].filter((one) => Object.is(one.invoice[field], invoice[field])).map((one) => one.provenance[field])
        expect(from).toContain(provenance[field])
      }
    }),
  )
})

test('of two values the more trustworthy is shown, and the disagreement is told', () => {
  const { invoice, provenance, conflicts } = merge(read({ amount: 100 }, 'text'), read({ amount: 200 }, 'qr'))
  expect(invoice.amount).toBe(200)
  expect(provenance.amount).toBe('qr')
  expect(conflicts).toEqual([{ field: 'amount', kept: '200', keptFrom: 'qr', other: '100', otherFrom: 'text' }])
})

test('of two values of the same origin the earlier one stays', () => {
  expect(merge(read({ amount: 100 }, 'qr'), read({ amount: 200 }, 'qr')).invoice.amount).toBe(100)
})

test('a conflict that a third reading settles the other way is told as it now stands', () => {
  const first = merge(read({ amount: 100 }, 'typed'), read({ amount: 200 }, 'text'))
  const { invoice, conflicts } = merge(first, read({ amount: 100 }, 'signed'))
  expect(invoice.amount).toBe(100)
  expect(conflicts).toEqual([{ field: 'amount', kept: '100', keptFrom: 'signed', other: '200', otherFrom: 'text' }])
})

test('the last six of a check code agree with the whole one, which is kept with its own origin', () => {
  const [short, whole] = [read({ checkCode: '567890' }, 'signed'), read({ checkCode: '12345678901234567890' }, 'typed')]
  for (const { invoice, provenance, conflicts } of [merge(short, whole), merge(whole, short), merge(merge(short, whole), short)]) {
    expect(invoice.checkCode).toBe('12345678901234567890')
    expect(provenance.checkCode).toBe('typed')
    expect(conflicts).toEqual([])
  }
})

test('other last six do not', () => {
  expect(merge(read({ checkCode: '567891' }, 'qr'), read({ checkCode: '12345678901234567890' }, 'text')).conflicts).toHaveLength(1)
})

test('what only an untrusted reading of the goods lines says is not shown as signed', () => {
  const line = { name: '服务费', spec: null, unit: null, quantity: null, unitPrice: null, amount: 100, taxRate: null, tax: null }
  const { invoice, provenance } = merge(read({ lines: [{ ...line, unitPrice: '9.99' }] }, 'text'), read({ lines: [line] }, 'signed'))
  expect(provenance.lines).toBe('signed')
  expect(invoice.lines).toEqual([line])
})

test('a kind is no contradiction to not knowing it', () => {
  expect(merge(read({}, 'signed', 'other'), read({}, 'typed', 'rail'))).toMatchObject({ invoice: { kind: 'rail' }, conflicts: [] })
})
