import { expect, it } from 'vitest'
import { passes } from '../../../src/app/list/filter.ts'
import { rowsOf } from '../../../src/app/list/rows.ts'
import { answered, answerOf, queryOf, viewOf } from '../support/samples.ts'

it('months stand newest first, each with its count and sum', () => {
  const rows = rowsOf([
    viewOf('a', { issuedOn: '2025-05-31', amount: 5720 }),
    viewOf('b', { issuedOn: '2025-06-05', amount: 38600 }),
    viewOf('c', { issuedOn: '2025-06-09', amount: 94200 }),
  ])
  expect(rows.map((row) => row.key)).toEqual(['2025-06', 'c', 'b', '2025-05', 'a'])
  expect(rows[0]).toMatchObject({ month: { count: 2, sum: 132800, withoutAmount: 0 } })
})

it('invoices of the same day stay in the order they came in', () => {
  expect(rowsOf([viewOf('later'), viewOf('earlier')]).map((row) => row.key)).toEqual(['2025-06', 'later', 'earlier'])
})

it('those without a date come first: they want completing', () => {
  expect(rowsOf([viewOf('a'), viewOf('b', { issuedOn: null })])[0]).toMatchObject({ is: 'month', month: { date: null } })
})

it('a sum is never made of half the amounts in silence', () => {
  const [month] = rowsOf([viewOf('a', { amount: 100 }), viewOf('b', { amount: null, amountExTax: 50 })])
  expect(month).toMatchObject({ month: { sum: 100, withoutAmount: 1 } })
})

it('only the first card under a month has no gap above', () => {
  expect(rowsOf([viewOf('a'), viewOf('b')]).map((row) => row.is === 'card' && row.first)).toEqual([false, true, false])
})

it('every status has its place among the filters', () => {
  const waiting = viewOf('a', {}, { is: 'waiting', query: queryOf() })
  const mismatch = viewOf('b', {}, answered(answerOf('mismatch', 'authority')))
  const incomplete = viewOf('c', {}, { is: 'incomplete', missing: ['amount'] })
  expect([waiting, mismatch, incomplete].map((view) => passes(view, 'waiting'))).toEqual([true, false, false])
  expect([waiting, mismatch, incomplete].map((view) => passes(view, 'look'))).toEqual([false, true, true])
  expect([waiting, mismatch, incomplete].map((view) => passes(view, 'answered'))).toEqual([false, true, false])
})
