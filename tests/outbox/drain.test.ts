import { expect, test } from 'vitest'
import { complete } from '../../src/capture/index.ts'
import { ask, drain } from '../../src/outbox/index.ts'
import { answerOf, json, problemResponse } from '../fixtures/gateway.ts'
import { captureMany, draftOf, makeDevice, numberOf, rowsOf as rows, type Device } from '../fixtures/device.ts'

const statuses = async (device: Device) => (await device.wallet.list()).entries.map(({ status }) => status.is)
const down = () => Promise.reject(new TypeError('failed to fetch'))

test('a queued question is asked, answered and gone from the outbox', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  expect(await drain(device)).toEqual({ sent: 1, settled: 1, parked: 0, needsUser: 0, stopped: null })
  expect(await rows(device)).toEqual([])
  expect((await device.wallet.list()).entries[0]?.status).toMatchObject({ is: 'answered', verdict: 'confirmed', by: 'registry' })
})

test('the answer completes what is shown, and what was captured stays what it was', async () => {
  const device = await makeDevice()
  const record = { ...draftOf(1).invoice, kind: 'digital-special' as const, seller: { name: '甲公司', taxId: null } }
  device.gateway.say = () => ({ say: 'answer', answer: { invoice: record } })
  const [id = ''] = await captureMany(device, 1)
  await drain(device)
  const detail = await device.wallet.entry(id)
  expect(detail?.shown.invoice.seller.name).toBe('甲公司')
  expect(detail?.shown.provenance['seller.name']).toBe('answer')
  expect(detail?.entry.invoice.kind).toBe('digital-ordinary')
  expect(detail?.status.is).toBe('answered')
})

test('questions travel in batches of fifty, oldest first', async () => {
  const device = await makeDevice()
  await captureMany(device, 120)
  await drain(device)
  expect(device.gateway.posts().map(({ ids }) => ids.length)).toEqual([50, 50, 20])
  expect(device.gateway.ledger.map(({ elements }) => elements.split('|')[2])).toEqual(
    Array.from({ length: 120 }, (_, at) => numberOf(at + 1)),
  )
})

test('every request carries the device pseudonym', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  let sent: unknown
  device.gateway.network = (_url, init) => {
    sent = (init.headers as Record<string, string>)['Piaozai-Device']
    return undefined
  }
  await drain(device)
  expect(sent).toMatch(/^[\w-]{22}$/)
  expect(sent).toBe((await device.wallet.settings()).deviceId)
})

test('a parked question waits for the time the gateway gave and is then asked under the same id', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'park', reason: 'source-down', retryAfter: 300 })
  await captureMany(device, 1)
  await drain(device)
  const [parked] = await rows(device)
  expect(parked).toMatchObject({ state: 'parked', reason: 'source-down', ticket: expect.stringMatching(/^T/) })
  expect((parked?.nextAt ?? 0) - device.clock.now()).toBeGreaterThanOrEqual(300_000)

  device.gateway.resume()
  device.gateway.say = () => ({ say: 'answer' })
  await device.clock.pass(299_000)
  expect((await drain(device, { eager: true })).sent).toBe(0)
  await device.clock.pass(62_000)
  expect((await drain(device)).settled).toBe(1)
  expect(new Set(device.gateway.ledger.map(({ id }) => id)).size).toBe(1)
})

test.each([
  [-1, 60],
  [0, 5],
  [315_360_000, 86_400],
])('a wait of %d seconds is taken for %d', async (retryAfter, seconds) => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'park', retryAfter })
  await captureMany(device, 1)
  await drain(device)
  const [row] = await rows(device)
  const wait = ((row?.nextAt ?? 0) - device.clock.now()) / 1000
  expect(wait).toBeGreaterThanOrEqual(seconds)
  expect(wait).toBeLessThanOrEqual(Math.min(86_400, 2 * seconds))
})

test('a refused question needs the person, who sees why; asking again is a new id', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'refuse', code: 'query-invalid' })
  const [id = ''] = await captureMany(device, 1)
  await drain(device)
  const [refused] = await rows(device)
  expect(refused).toMatchObject({ state: 'needs-user', problem: 'query-invalid' })
  expect(await statuses(device)).toEqual(['needs-user'])
  expect(await device.wallet.counts()).toMatchObject({ needsLook: 1, waiting: 0 })
  expect((await drain(device, { eager: true })).sent).toBe(0)

  device.gateway.say = () => ({ say: 'answer' })
  expect(await ask(device, id)).toBe(true)
  const [again] = await rows(device)
  expect(again?.id).not.toBe(refused?.id)
  await drain(device)
  expect(await statuses(device)).toEqual(['answered'])
})

test('a refusal that speaks of the gateway leaves the question queued', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'refuse', code: 'internal' })
  await captureMany(device, 1)
  await drain(device)
  expect(await rows(device)).toMatchObject([{ state: 'queued', problem: 'internal', attempts: 1 }])
})

test('a refusal for what the sender asked before says when it ends: the question waits so long under its id, and comes back with the others', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'refuse', code: 'rate-limited', retryAfter: 7200 })
  await captureMany(device, 3)
  await drain(device)
  const [put] = await rows(device)
  expect(put).toMatchObject({ state: 'queued', problem: 'rate-limited', attempts: 0 })
  expect((put?.nextAt ?? 0) - device.clock.now()).toBeGreaterThanOrEqual(7_200_000)

  device.gateway.resume()
  device.gateway.say = () => ({ say: 'answer' })
  await device.clock.pass(7_199_000)
  expect((await drain(device, { eager: true })).sent).toBe(0)
  await device.clock.pass(62_000)
  expect(await drain(device)).toMatchObject({ sent: 3, settled: 3 })
  expect(device.gateway.posts()).toHaveLength(2)
  expect(new Set(device.gateway.ledger.map(({ id }) => id)).size).toBe(3)
})

test('the first connectivity error ends the drain; nothing is lost and everything says why it waits and until when', async () => {
  const device = await makeDevice()
  await captureMany(device, 60)
  device.gateway.network = down
  expect(await drain(device)).toMatchObject({ sent: 50, settled: 0, stopped: 'connectivity' })
  expect(device.gateway.posts()).toHaveLength(1)
  const waiting = await rows(device)
  expect(waiting).toHaveLength(60)
  for (const row of waiting) expect(row).toMatchObject({ state: 'queued', reason: 'gateway-down', nextAt: expect.any(Number) })
  expect((await drain(device)).stopped).toBe('hold')
  expect(device.gateway.posts()).toHaveLength(1)

  device.gateway.network = () => undefined
  expect(await drain(device, { eager: true })).toMatchObject({ settled: 60, stopped: null })
  expect((await device.wallet.outbox()).hold).toBeNull()
})

test('once something got through, nothing holds the outbox any more', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  device.gateway.network = down
  await drain(device)
  await drain(device, { eager: true })
  expect((await device.wallet.outbox()).hold).toMatchObject({ failures: 2 })
  device.gateway.network = () => undefined
  await drain(device, { eager: true })
  expect((await device.wallet.outbox()).hold).toBeNull()
})

test('what the gateway took on stays parked when the line breaks for the rest', async () => {
  const device = await makeDevice()
  await captureMany(device, 60)
  device.gateway.say = () => ({ say: 'park', retryAfter: 600 })
  let posts = 0
  device.gateway.network = (url) => (url.endsWith('/queries') && ++posts > 1 ? down() : undefined)
  expect(await drain(device)).toMatchObject({ parked: 50, stopped: 'connectivity' })
  const states = (await rows(device)).map(({ state }) => state)
  expect(states.filter((state) => state === 'parked')).toHaveLength(50)
  expect(states.filter((state) => state === 'queued')).toHaveLength(10)
})

test('a question whose invoice becomes one with another while it is being asked stays that one’s question', async () => {
  const device = await makeDevice()
  const [gone = '', kept = ''] = await captureMany(device, 2)
  device.gateway.say = () => ({ say: 'park', retryAfter: 600 })
  device.gateway.network = (url, init) => {
    if (!url.endsWith('/queries')) return undefined
    device.gateway.network = () => undefined
    return device.wallet.write((tx) => tx.moveInto(gone, kept)).then(() => device.gateway.fetch(url, init))
  }
  await drain(device)
  expect((await rows(device)).map(({ entryId, state }) => [entryId, state])).toEqual([
    [kept, 'parked'],
    [kept, 'parked'],
  ])
})

test('a question that a gateway has taken on is not taken back when its elements are corrected', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'park', retryAfter: 600 })
  const [id = ''] = await captureMany(device, 1)
  await drain(device)
  await complete(device, id, { amount: 77 })
  expect((await rows(device)).map(({ state, elements }) => [state, elements.amount])).toEqual([
    ['parked', 10001],
    ['queued', 77],
  ])
})

test('an overloaded gateway is left alone for as long as it asks, also by a tap', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  device.gateway.network = () => Promise.resolve(problemResponse('overloaded', { 'retry-after': '120' }))
  expect((await drain(device)).stopped).toBe('overload')
  device.gateway.network = () => undefined
  await device.clock.pass(119_000)
  expect((await drain(device, { eager: true })).stopped).toBe('hold')
  await device.clock.pass(62_000)
  expect((await drain(device)).settled).toBe(1)
})

test('rows that were being sent when the app was killed are due again under their ids', async () => {
  const device = await makeDevice()
  await captureMany(device, 3)
  await device.wallet.write(async (tx) => {
    await tx.putQueries((await tx.queries()).map((row) => ({ ...row, state: 'sending' })))
  })
  expect(await statuses(device)).toEqual(['asking', 'asking', 'asking'])
  expect((await drain(device)).settled).toBe(3)
})

test('duplicated, reordered and foreign results change nothing: each question is settled once by its own answer', async () => {
  const device = await makeDevice()
  await captureMany(device, 3)
  device.gateway.say = ({ number }) => ({ say: 'answer', answer: { detail: number } })
  device.gateway.network = (url, init, ids) => {
    if (!url.endsWith('/queries')) return undefined
    return (async () => {
      device.gateway.network = () => undefined
      const { results } = (await (await device.gateway.fetch(url, init)).json()) as { results: { id: string }[] }
      const foreign = { ...results[0], id: '0192d3a0-0000-7000-8000-000000000000' }
      expect(ids).toHaveLength(3)
      return json(200, { results: [foreign, ...results.toReversed(), ...results] })
    })()
  }
  expect(await drain(device)).toMatchObject({ settled: 3 })
  const { entries } = await device.wallet.list()
  for (const { entry } of entries) {
    const detail = await device.wallet.entry(entry.id)
    expect(detail?.answers.map(({ answer }) => answer.detail)).toEqual([entry.invoice.number])
  }
  expect(entries).toHaveLength(3)
})

test('rubbish under an id does not hide the answer that follows it', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  device.gateway.network = (url, init) => {
    if (!url.endsWith('/queries')) return undefined
    device.gateway.network = () => undefined
    return device.gateway.fetch(url, init).then(async (response) => {
      const { results } = (await response.json()) as { results: { id: string }[] }
      return json(200, { results: [{ id: results[0]?.id, state: 'lost' }, ...results] })
    })
  }
  expect(await drain(device)).toMatchObject({ settled: 1 })
})

test('an answer about another invoice does not settle the question', async () => {
  const device = await makeDevice()
  device.gateway.say = () => ({ say: 'answer', answer: { invoice: draftOf(2).invoice } })
  await captureMany(device, 1)
  await drain(device)
  expect(await rows(device)).toMatchObject([{ state: 'queued', problem: 'reply-unreadable' }])
})

test('asking again keeps the old answer and shows the newer one', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  await drain(device)
  device.clock.jump(1000)
  const now = device.clock.now()
  device.gateway.say = () => ({ say: 'answer', answer: answerOf(now, { verdict: 'voided' }) })
  await ask(device, id)
  expect((await device.wallet.entry(id))?.status).toMatchObject({ is: 'answered', verdict: 'confirmed', asking: { state: 'queued' } })
  await drain(device)
  const detail = await device.wallet.entry(id)
  expect(detail?.status).toMatchObject({ is: 'answered', verdict: 'voided', asking: null })
  expect(detail?.answers).toHaveLength(2)
})

test('asking what is on its way already does not ask twice', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  expect(await ask(device, id)).toBe(true)
  expect(await rows(device)).toHaveLength(1)
})
