import { expect, test } from 'vitest'
import { answerClass, type Outcome, type SourceClass, type Verdict } from '../../src/domain/index.ts'

const classOf = (verdict: Verdict, ...statements: [SourceClass, Outcome][]) =>
  answerClass({ verdict, sources: statements.map(([one, outcome]) => ({ id: one, class: one, at: 0, asOf: 0, outcome })) })

test('the source that said so lends its class', () => {
  expect(classOf('confirmed', ['registry', 'no-record'], ['authority', 'ok'])).toBe('authority')
  expect(classOf('confirmed', ['registry', 'ok'])).toBe('registry')
  expect(classOf('red-flushed', ['authority', 'red-flushed-part'])).toBe('authority')
})

test('an authority that was asked and could not say lends nothing', () => {
  expect(classOf('confirmed', ['authority', 'unavailable'], ['registry', 'ok'])).toBe('registry')
  expect(classOf('confirmed', ['registry', 'ok'], ['authority', 'unavailable'])).toBe('registry')
})

test('a demonstration is a demonstration', () => {
  expect(classOf('confirmed', ['registry', 'no-record'], ['demo', 'ok'])).toBe('demo')
})

test('what nobody could check has nobody behind it', () => {
  expect(classOf('cannot-be-checked')).toBeNull()
  expect(classOf('cannot-be-checked', ['registry', 'no-record'], ['authority', 'unsupported'])).toBeNull()
})
