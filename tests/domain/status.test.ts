import { expect, test } from 'vitest'
import {
  canonicalElements,
  deriveStatus,
  elementsOf,
  emptyInvoice,
  type Answer,
  type Invoice,
  type OpenQuery,
  type QueryState,
  type Verdict,
} from '../../src/domain/index.ts'

const invoice: Invoice = { ...emptyInvoice('rail'), number: '26119000000000012345', issuedOn: '2026-01-05', amount: 5600 }
const question = questionOf(invoice)

function questionOf(one: Invoice): string {
  const elements = elementsOf(one)
  if (elements === null) throw new Error('not answerable')
  return canonicalElements(elements)
}

function answer(verdict: Verdict, asOf: number, answeredAt = asOf): Answer {
  return {
    verdict,
    asOf,
    answeredAt,
    sources: [{ id: 'simulated', class: 'authority', at: answeredAt, asOf, outcome: verdict === 'confirmed' ? 'ok' : 'voided' }],
  }
}

function query(state: QueryState, asked = question): OpenQuery {
  return { state, question: asked, reason: null, ticket: null, nextAt: null, askedAt: 1 }
}

test('an answer to the elements it has now is its status, with who gave it', () => {
  const given = answer('confirmed', 10)
  expect(deriveStatus(invoice, [{ question, answer: given }], [])).toEqual({
    is: 'answered',
    verdict: 'confirmed',
    by: 'authority',
    answer: given,
    asking: null,
  })
})

test('an answer to other elements does not count', () => {
  const edited = { ...invoice, amount: 5700 }
  expect(deriveStatus(edited, [{ question, answer: answer('confirmed', 10) }], [])).toEqual({ is: 'unasked' })
})

test('the newest data is shown, even when it was told earlier', () => {
  const stored = [answer('confirmed', 10, 99), answer('voided', 20, 30)].map((one) => ({ question, answer: one }))
  expect(deriveStatus(invoice, stored, [])).toMatchObject({ verdict: 'voided' })
  expect(deriveStatus(invoice, stored.toReversed(), [])).toMatchObject({ verdict: 'voided' })
})

test('of data of the same age the later answer is shown', () => {
  const stored = [answer('confirmed', 10, 11), answer('voided', 10, 12)].map((one) => ({ question, answer: one }))
  expect(deriveStatus(invoice, stored, [])).toMatchObject({ verdict: 'voided' })
})

test.each<[QueryState, string]>([
  ['queued', 'waiting'],
  ['parked', 'waiting'],
  ['sending', 'asking'],
  ['needs-user', 'needs-user'],
])('a %s query is %s', (state, is) => {
  expect(deriveStatus(invoice, [], [query(state)])).toEqual({ is, query: query(state) })
})

test('being asked again does not hide the answer it has', () => {
  expect(deriveStatus(invoice, [{ question, answer: answer('confirmed', 10) }], [query('queued')])).toMatchObject({
    is: 'answered',
    verdict: 'confirmed',
    asking: query('queued'),
  })
})

test('a query with other elements is not about this invoice as it is now', () => {
  expect(deriveStatus(invoice, [], [query('queued', questionOf({ ...invoice, amount: 1 }))])).toEqual({ is: 'unasked' })
})

test('what is missing is named', () => {
  expect(deriveStatus({ ...invoice, amount: null }, [], [])).toEqual({ is: 'incomplete', missing: ['amount'] })
})

test('a taxi receipt can be checked by nobody, complete or not', () => {
  expect(deriveStatus(emptyInvoice('taxi'), [], [])).toEqual({ is: 'uncheckable' })
})
