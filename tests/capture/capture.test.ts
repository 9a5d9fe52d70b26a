import { expect, test } from 'vitest'
import { capture, captureAsked, complete } from '../../src/capture/index.ts'
import { drain } from '../../src/outbox/index.ts'
import { answerOf } from '../fixtures/gateway.ts'
import { draftOf, makeDevice } from '../fixtures/device.ts'

test('a scan with no network is in the wallet and its question is in the outbox', async () => {
  const device = await makeDevice()
  const done = await capture(device, draftOf(1), 'camera')
  expect(done).toMatchObject({ knownSince: null, missing: [], question: 'queued' })
  const { entries } = await device.wallet.list()
  expect(entries.map(({ entry, status }) => [entry.id, status.is])).toEqual([[done.entryId, 'waiting']])
  expect(device.gateway.requests).toEqual([])
})

test('the same invoice twice is one entry with one question; the person is told since when it was known', async () => {
  const device = await makeDevice()
  const first = await capture(device, draftOf(1), 'camera')
  const at = device.clock.now()
  device.clock.jump(60_000)
  const second = await capture(device, draftOf(1), 'paste')
  expect(second).toMatchObject({ entryId: first.entryId, knownSince: at, question: 'queued' })
  const detail = await device.wallet.entry(first.entryId)
  expect(detail?.queries).toHaveLength(1)
  expect(detail?.entry.captures.map(({ way }) => way)).toEqual(['camera', 'paste'])
  expect((await device.wallet.list()).entries).toHaveLength(1)
})

test('two readings that disagree are merged, the better origin shown and the other one kept as a conflict', async () => {
  const device = await makeDevice()
  await capture(device, { ...draftOf(1, { amount: 5 }), provenance: { number: 'typed', amount: 'typed' } }, 'typed')
  const { entryId } = await capture(device, draftOf(1), 'camera')
  const detail = await device.wallet.entry(entryId)
  expect(detail?.entry.invoice.amount).toBe(10001)
  expect(detail?.entry.conflicts).toMatchObject([{ field: 'amount', other: '5', otherFrom: 'typed' }])
  expect(detail?.queries.map(({ question }) => question)).toEqual([expect.stringContaining('100.01')])
})

test('an incomplete capture asks only for what is missing, and completing it queues the question', async () => {
  const device = await makeDevice()
  const { entryId, missing, question } = await capture(device, draftOf(1, { amount: null }), 'camera')
  expect([missing, question]).toEqual([['amount'], 'incomplete'])
  expect(await device.wallet.counts()).toEqual({ entries: 1, waiting: 0, needsLook: 1 })
  expect(await complete(device, entryId, { amount: 700 })).toMatchObject({ entryId, missing: [], question: 'queued' })
  expect((await device.wallet.entry(entryId))?.entry.provenance.amount).toBe('typed')
  expect(await device.wallet.counts()).toEqual({ entries: 1, waiting: 1, needsLook: 0 })
})

test('without a number nothing is merged by guess, and the very same reading is not kept twice', async () => {
  const device = await makeDevice()
  const nameless = (amount: number) => draftOf(1, { number: null, amount })
  await capture(device, nameless(1), 'typed')
  await capture(device, nameless(2), 'typed')
  const again = await capture(device, nameless(2), 'typed')
  expect(again.knownSince).not.toBeNull()
  expect((await device.wallet.list()).entries).toHaveLength(2)
})

test('an entry whose completed number is another entry becomes one with it: answers, files and captures move along', async () => {
  const device = await makeDevice()
  const whole = await capture(device, draftOf(1), 'camera')
  await drain(device)
  device.clock.jump(1000)
  const file = { name: 'a.pdf', type: 'application/pdf', bytes: new TextEncoder().encode('%PDF').buffer }
  const part = await capture(device, draftOf(1, { number: null, remark: 'lunch' }), 'picture', file)
  expect(part.entryId).not.toBe(whole.entryId)
  const joined = await complete(device, part.entryId, { number: draftOf(1).invoice.number })
  expect(joined).toMatchObject({ entryId: whole.entryId, question: 'answered', knownSince: expect.any(Number) })
  const detail = await device.wallet.entry(whole.entryId)
  expect(detail?.entry.invoice.remark).toBe('lunch')
  expect(detail?.originals.map(({ name }) => name)).toEqual(['a.pdf'])
  expect(detail?.entry.captures.map(({ way }) => way)).toEqual(['camera', 'picture'])
  expect(detail?.status.is).toBe('answered')
  expect((await device.wallet.list()).entries).toHaveLength(1)
})

test('editing the elements makes a new question; the old answer stays but no longer counts', async () => {
  const device = await makeDevice()
  const { entryId } = await capture(device, draftOf(1), 'camera')
  await drain(device)
  await complete(device, entryId, { amount: 42 })
  const detail = await device.wallet.entry(entryId)
  expect(detail?.status.is).toBe('waiting')
  expect(detail?.answers).toHaveLength(1)
  expect(detail?.timeline.find((one) => one.is === 'answered')).toMatchObject({ counts: false })
  await complete(device, entryId, { amount: 10001 })
  expect((await device.wallet.entry(entryId))?.status.is).toBe('answered')
})

test('a question nobody has taken on is taken back when its elements are edited', async () => {
  const device = await makeDevice()
  const { entryId } = await capture(device, draftOf(1), 'camera')
  await complete(device, entryId, { amount: 42 })
  expect((await device.wallet.outbox()).queries.map(({ query }) => query.elements.amount)).toEqual([42])
})

test('what was asked on /query is in the wallet, with its answer when there was one at once', async () => {
  const device = await makeDevice()
  const elements = { kind: 'digital-ordinary', number: draftOf(1).invoice.number ?? '', issuedOn: '2026-11-20', amount: 10001 } as const
  const answer = answerOf(device.clock.now(), { verdict: 'voided' })
  const { entryId, question } = await captureAsked(device, elements, answer)
  expect(question).toBe('answered')
  expect((await device.wallet.entry(entryId))?.status).toMatchObject({ is: 'answered', verdict: 'voided' })
  expect((await device.wallet.outbox()).queries).toEqual([])
})

test('a removed invoice that is captured again comes back', async () => {
  const device = await makeDevice()
  const { entryId } = await capture(device, draftOf(1), 'camera')
  await device.wallet.remove(entryId)
  expect((await device.wallet.list()).entries).toEqual([])
  await capture(device, draftOf(1), 'camera')
  expect((await device.wallet.list()).entries).toHaveLength(1)
})

test('a kind that nobody can check is kept without a question', async () => {
  const device = await makeDevice()
  const { question } = await capture(device, draftOf(1, { kind: 'taxi' }), 'typed')
  expect(question).toBe('uncheckable')
  expect((await device.wallet.outbox()).queries).toEqual([])
})
