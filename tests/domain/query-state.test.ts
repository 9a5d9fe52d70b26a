import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canMove, queryStates, queryTransitions, type QueryState } from '../../src/domain/index.ts'

const ends = [...queryStates, 'settled'] as const

test('of all moves exactly these are legal', () => {
  const legal = queryStates.flatMap((from) => ends.filter((to) => canMove(from, to)).map((to) => `${from} → ${to}`))
  expect(legal).toEqual([
    'queued → sending',
    'sending → queued',
    'sending → parked',
    'sending → needs-user',
    'sending → settled',
    'parked → sending',
    'needs-user → queued',
    'needs-user → settled',
  ])
})

test('whatever happens in whatever order, a query is in one of its states or settled, and settled is the end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ends), { maxLength: 50 }), (events) => {
      let state: QueryState | 'settled' = 'queued'
      for (const next of events) {
        if (state === 'settled') break
        if (!canMove(state, next)) continue
        // The row is removed only by an answer, or by a person who was asked.
        if (next === 'settled') expect(['sending', 'needs-user']).toContain(state)
        state = next
      }
      expect(ends).toContain(state)
    }),
  )
})

test('from every state an answer can be reached, so none is a dead end', () => {
  for (const start of queryStates) {
    const reached = new Set<string>([start])
    for (const state of reached) for (const next of queryTransitions[state as QueryState] ?? []) reached.add(next)
    expect(reached).toContain('settled')
  }
})

test('no state is called failed: what could not be asked stays queued', () => {
  expect(queryStates).toEqual(['queued', 'sending', 'parked', 'needs-user'])
  expect(canMove('sending', 'queued')).toBe(true)
})
