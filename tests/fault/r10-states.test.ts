import { expect, test } from 'vitest'
import { canMove, canonicalElements, queryStates } from '../../src/domain/index.ts'
import type { QueryReply } from '../../src/channels/index.ts'
import { decide, isDue, nextWake, refused, requeued, stalled, unheard } from '../../src/outbox/retry.ts'
import type { Query } from '../../src/wallet/index.ts'
import { answerOf } from '../fixtures/gateway.ts'
import { draftOf } from '../fixtures/device.ts'

/** R10: every state an outbox row can reach, by every reply, at every position of the clock. */

const second = 1000
const hour = 3_600_000
const day = 24 * hour
const noon = Date.parse('2026-11-24T04:00:00Z')
/** The clock may stand at any of these at any step, in any order: it is set forward and back. */
const positions = [0, 61 * second, day, -hour, -day, 3650 * day].map((offset) => noon + offset)
const chances = [0, 0.999]
/** From here on the waits of a row do not grow any more, so the states repeat. */
const manyAttempts = 11

const elements = { kind: 'digital-ordinary', number: draftOf(1).invoice.number ?? '', issuedOn: '2026-11-20', amount: 10001 } as const
const fresh: Query = {
  id: 'id',
  entryId: 'entry',
  elements,
  question: canonicalElements(elements),
  state: 'queued',
  reason: null,
  ticket: null,
  nextAt: null,
  askedAt: noon,
  setAt: noon,
  attempts: 0,
  problem: null,
}

const parked = (retryAfter: number): QueryReply => ({ id: 'id', is: 'parked', reason: 'source-down', ticket: 'T1', retryAfter })
const replies: readonly (QueryReply | undefined)[] = [
  undefined,
  { id: 'id', is: 'unreadable' },
  { id: 'id', is: 'answered', answer: answerOf(noon) },
  { id: 'id', is: 'answered', answer: answerOf(noon, { invoice: draftOf(1).invoice }) },
  { id: 'id', is: 'answered', answer: answerOf(noon, { invoice: draftOf(2).invoice }) },
  ...[-1, 0, 60, 1e6, 315_360_000, Number.NaN, Number.POSITIVE_INFINITY].map(parked),
  { id: 'id', is: 'refused', code: 'query-invalid', passing: false, retryAfter: null },
  { id: 'id', is: 'refused', code: 'overloaded', passing: true, retryAfter: null },
  ...[0, 7200, Number.NaN].map((retryAfter): QueryReply => ({
    id: 'id',
    is: 'refused',
    code: 'rate-limited',
    passing: true,
    retryAfter,
  })),
]

/** The steps the drain takes with a row; `settled` is the only one without a row after it, and it has an answer. */
function stepsFrom(row: Query, now: number): (Query | 'settled')[] {
  if (row.state === 'needs-user') return []
  if (row.state !== 'sending') return isDue(row, now) ? [{ ...row, state: 'sending', setAt: now }] : []
  const next: (Query | 'settled')[] = [
    requeued(row, now),
    { ...requeued(row, now), attempts: row.attempts + 1 },
    refused(row, 'envelope-invalid', now),
  ]
  for (const chance of chances) {
    next.push(unheard(row, 'no-reply', now, chance))
    for (const reply of replies) {
      const decided = decide(row, reply, now, chance)
      if (decided.do === 'keep') next.push(decided.query)
      else {
        expect(reply?.is).toBe('answered')
        expect(decided.answer.invoice?.number ?? elements.number).toBe(elements.number)
        next.push('settled')
      }
    }
  }
  return next
}

/** What must be true of a row that is left alone, in words; empty when all is well. */
function wrongWith(row: Query): string[] {
  const wrong: string[] = []
  const wait = row.nextAt === null ? null : row.nextAt - row.setAt
  if (row.id !== fresh.id || row.entryId !== fresh.entryId || row.question !== fresh.question || row.askedAt !== fresh.askedAt)
    wrong.push('is another question')
  if (wait !== null && row.state !== 'sending' && !(wait >= 5 * second && wait <= day)) wrong.push(`waits ${wait}`)
  if (row.state === 'parked' && (row.reason === null || row.ticket === null || wait === null))
    wrong.push('is parked without saying why and until when')
  if (row.state === 'needs-user' && (row.problem === null || row.nextAt !== null)) wrong.push('needs the person without saying why')
  if (row.attempts < 0 || !Number.isInteger(row.attempts)) wrong.push(`${row.attempts} attempts`)
  for (const now of positions) wrong.push(...wrongAt(row, now))
  return wrong
}

/** Wherever the clock stands: what the person need not look at is tried again by itself, and not before its time. */
function wrongAt(row: Query, now: number): string[] {
  const wake = nextWake([row], null, now)
  if (row.state === 'needs-user') return wake === null && !isDue(row, now) ? [] : ['is sent although it needs the person']
  if (wake === null || !(wake >= 0) || wake > 2 * day + 60 * second) return [`wakes in ${wake}`]
  if (row.state === 'sending') return isDue(row, now) || wake > stalled + 60 * second ? ['is sent twice, or never again'] : []
  if (isDue(row, now) !== (wake === 0)) return ['wakes without being due']
  if (!isDue(row, now + wake)) return ['is not due when it wakes']
  const early = row.nextAt !== null && isDue(row, now) && now >= row.setAt && now < row.nextAt
  return early ? ['is sent before its time'] : []
}

/** States that behave alike are one. */
function nameOf(row: Query): string {
  return JSON.stringify({ ...row, attempts: Math.min(row.attempts, manyAttempts) })
}

test('no reachable row disappears without an answer, moves where it may not, or is forgotten', () => {
  const seen = new Map<string, Query>([[nameOf(fresh), fresh]])
  const left = [fresh]
  const moves = new Set<string>()
  let steps = 0
  for (let row = left.pop(); row; row = left.pop()) {
    expect([row, wrongWith(row)]).toEqual([row, []])
    for (const now of positions) {
      for (const next of stepsFrom(row, now)) {
        steps++
        const to = next === 'settled' ? next : next.state
        moves.add(`${row.state} → ${to}`)
        if (!canMove(row.state, to)) throw new Error(`${row.state} → ${to} is no move of a query`)
        if (next === 'settled' || seen.has(nameOf(next))) continue
        seen.set(nameOf(next), next)
        left.push(next)
      }
    }
  }
  console.log(`R10: ${seen.size} states, ${steps} steps, moves: ${[...moves].sort().join(', ')}`)
  expect(new Set([...seen.values()].map(({ state }) => state))).toEqual(new Set(queryStates))
  expect(moves.size).toBe(6)
  expect(seen.size).toBeGreaterThan(1000)
})

test('from every state a good reply settles, whatever happened before', () => {
  for (const attempts of [0, 1, 40]) {
    for (const now of positions) {
      const sending: Query = { ...fresh, attempts, state: 'sending', setAt: now, problem: 'no-reply' }
      expect(decide(sending, { id: 'id', is: 'answered', answer: answerOf(now) }, now, 0)).toMatchObject({ do: 'settle' })
    }
  }
})
