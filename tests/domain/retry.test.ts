import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  dateAt,
  instantOn,
  isOutOfRange,
  nextMorning,
  nextStep,
  outcomes,
  parkingReasons,
  verdicts,
  yearsBefore,
  type Outcome,
  type RetryContext,
} from '../../src/domain/index.ts'
import { date, instant } from './arbitrary.ts'

const now = instantOn('2026-04-21', 15)
const context = (values: Partial<RetryContext> = {}): RetryContext => ({ issuedOn: '2026-01-05', now, notFoundBefore: false, ...values })

test.each<[Outcome, string, string?]>([
  ['ok', 'confirmed'],
  ['mismatch', 'mismatch'],
  ['voided', 'voided'],
  ['red-flushed-full', 'red-flushed', 'full'],
  ['red-flushed-part', 'red-flushed', 'partial'],
  ['out-of-range', 'out-of-range'],
])('%s is the answer %s', (outcome, verdict, redFlush) => {
  expect(nextStep(outcome, context())).toEqual({ do: 'answer', verdict, ...(redFlush && { redFlush }) })
})

test.each(['2026-04-21', '2026-04-20'])('not found is not yet visible for an invoice of %s: today or yesterday', (issuedOn) => {
  for (const notFoundBefore of [false, true])
    expect(nextStep('not-found', context({ issuedOn, notFoundBefore }))).toEqual({
      do: 'park',
      reason: 'not-yet-visible',
      notBefore: instantOn('2026-04-22', 8.5),
    })
})

test('an older one that is not found gets a second look, once, and only then is not found', () => {
  const issuedOn = '2026-04-19'
  expect(nextStep('not-found', context({ issuedOn }))).toMatchObject({ do: 'park', reason: 'second-look' })
  expect(nextStep('not-found', context({ issuedOn, notFoundBefore: true }))).toEqual({ do: 'answer', verdict: 'not-found' })
})

test('an earlier not found changes nothing but not found', () => {
  for (const outcome of outcomes.filter((one) => one !== 'not-found'))
    expect(nextStep(outcome, context({ notFoundBefore: true }))).toEqual(nextStep(outcome, context()))
})

test.each<[Outcome, string]>([
  ['same-day', 'not-yet-visible'],
  ['daily-limit', 'daily-limit'],
])('%s waits for the next morning', (outcome, reason) => {
  expect(nextStep(outcome, context())).toEqual({ do: 'park', reason, notBefore: nextMorning(now) })
})

test.each<[Outcome, string]>([
  ['unsupported', 'next-source'],
  ['no-record', 'next-source'],
  ['unavailable', 'source-down'],
  ['operator-fault', 'stop-source'],
])('%s is never an answer: %s', (outcome, step) => {
  expect(nextStep(outcome, context())).toEqual({ do: step })
})

test('the table is total: every outcome at every time has a step, and waiting is always for later', () => {
  fc.assert(
    fc.property(fc.constantFrom(...outcomes), date, instant, fc.boolean(), (outcome, issuedOn, at, notFoundBefore) => {
      const step = nextStep(outcome, { issuedOn, now: at, notFoundBefore })
      if (step.do === 'answer') expect(verdicts).toContain(step.verdict)
      else if (step.do === 'park') {
        expect(parkingReasons).toContain(step.reason)
        expect(step.notBefore).toBeGreaterThan(at)
      } else expect(['next-source', 'source-down', 'stop-source']).toContain(step.do)
    }),
  )
})

test('an invoice is in range up to the day it turns five', () => {
  const today = dateAt(now)
  expect(isOutOfRange(yearsBefore(today, 5), now)).toBe(false)
  expect(isOutOfRange(addDays(yearsBefore(today, 5), -1), now)).toBe(true)
})
