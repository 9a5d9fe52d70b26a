import { expect, test } from 'vitest'
import { drain } from '../../src/outbox/index.ts'
import { captureMany, makeDevice, numberOf, rowsOf, type Device } from '../fixtures/device.ts'
import { json, problemResponse } from '../fixtures/gateway.ts'
import { breakRow } from '../fixtures/broken-row.ts'

/** R9: one question that always fails does not delay the others, and the person sees it. */

const idOf = async (device: Device, count: number) =>
  (await rowsOf(device)).find(({ elements }) => elements.number === numberOf(count))?.id ?? ''

/** A request that carries this row is never replied to; the clock must pass for it to time out. */
function hangOn(device: Device, id: string): void {
  device.gateway.network = (url, _init, ids) => (url.endsWith('/queries') && ids.includes(id) ? new Promise(() => {}) : undefined)
}

test('a question that makes the gateway refuse the whole batch is found and shown, the others are answered', async () => {
  const device = await makeDevice()
  await captureMany(device, 60)
  const poison = await idOf(device, 17)
  device.gateway.network = (_url, _init, ids) => (ids.includes(poison) ? Promise.resolve(problemResponse('envelope-invalid')) : undefined)
  expect(await drain(device)).toMatchObject({ settled: 59, needsUser: 1, stopped: null })
  expect(await rowsOf(device)).toMatchObject([{ id: poison, state: 'needs-user', problem: 'envelope-invalid' }])
  expect(device.gateway.posts().length).toBeLessThanOrEqual(2 + 2 * 6)
})

test('bad questions far apart are all found, however many requests that takes: what gets through between them clears the gateway', async () => {
  const device = await makeDevice()
  await captureMany(device, 50)
  const poison = new Set([await idOf(device, 1), await idOf(device, 25), await idOf(device, 50)])
  const spoilt = (ids: readonly string[]) => ids.some((id) => poison.has(id))
  device.gateway.network = (_url, _init, ids) => (spoilt(ids) ? Promise.resolve(problemResponse('envelope-invalid')) : undefined)
  expect(await drain(device)).toMatchObject({ settled: 47, needsUser: 3, stopped: null })
})

test('a question that was being sent when the app died is suspected a little: after two deaths it travels alone', async () => {
  const device = await makeDevice()
  await captureMany(device, 3)
  const poison = await idOf(device, 2)
  for (let death = 0; death < 2; death++) {
    await device.wallet.write(async (tx) => tx.putQueries((await tx.queriesById([poison])).map((row) => ({ ...row, state: 'sending' }))))
    device.gateway.network = () => Promise.reject(new TypeError('failed to fetch'))
    await drain(device, { eager: true })
  }
  device.gateway.network = () => undefined
  const before = device.gateway.posts().length
  expect(await drain(device, { eager: true })).toMatchObject({ settled: 3 })
  const sent = device.gateway.posts().slice(before)
  expect(sent.map(({ ids }) => ids.length)).toEqual([2, 1])
  expect(sent[1]?.ids).toEqual([poison])
})

test('a batch that is too large for somebody on the way is sent in smaller ones', async () => {
  const device = await makeDevice()
  await captureMany(device, 50)
  device.gateway.network = (_url, _init, ids) => (ids.length > 10 ? Promise.resolve(new Response('too large', { status: 413 })) : undefined)
  expect(await drain(device)).toMatchObject({ settled: 50, needsUser: 0 })
})

test('a lone question that somebody on the way finds too large is not given up: it waits, visibly', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  device.gateway.network = () => Promise.resolve(new Response('too large', { status: 413 }))
  expect(await drain(device)).toMatchObject({ settled: 0, needsUser: 0 })
  expect(await rowsOf(device)).toMatchObject([{ state: 'queued', problem: 'body-too-large', attempts: 1 }])
  device.gateway.network = () => undefined
  await device.clock.pass(60_000)
  expect(await drain(device)).toMatchObject({ settled: 1 })
})

test('a question that never gets a reply waits by itself, is sent last and alone from then on, and stays visible', async () => {
  const device = await makeDevice()
  await captureMany(device, 20)
  const poison = await idOf(device, 3)
  hangOn(device, poison)
  const draining = drain(device)
  await device.clock.pass(120_000)
  expect(await draining).toMatchObject({ settled: 19, stopped: null })
  expect(await rowsOf(device)).toMatchObject([{ id: poison, state: 'queued', problem: 'no-reply', attempts: 1 }])

  // Twice without a reply: from now on it travels alone, after the others.
  await device.clock.pass(3_600_000)
  const second = drain(device)
  await device.clock.pass(60_000)
  await second
  await device.clock.pass(6 * 3_600_000)
  await captureMany(device, 5, 100)
  const before = device.gateway.posts().length
  const third = drain(device)
  await device.clock.pass(60_000)
  expect(await third).toMatchObject({ settled: 5 })
  expect(
    device.gateway
      .posts()
      .slice(before)
      .map(({ ids }) => ids.length),
  ).toEqual([5, 1])
})

test('a result that cannot be read concerns its question only', async () => {
  const device = await makeDevice()
  await captureMany(device, 10)
  const poison = await idOf(device, 5)
  device.gateway.network = (url, init) => {
    if (!url.endsWith('/queries')) return undefined
    device.gateway.network = () => undefined
    return device.gateway.fetch(url, init).then(async (response) => {
      const { results } = (await response.json()) as { results: { id: string }[] }
      return json(200, {
        results: results.map((one) => (one.id === poison ? { id: one.id, state: 'answered', answer: { verdict: 'great' } } : one)),
      })
    })
  }
  expect(await drain(device)).toMatchObject({ settled: 9 })
  expect(await rowsOf(device)).toMatchObject([{ id: poison, problem: 'reply-unreadable', attempts: 1 }])
})

test('a row that cannot be read is shown as damaged and delays nobody', async () => {
  const device = await makeDevice()
  await captureMany(device, 3)
  const poison = await idOf(device, 2)
  await breakRow(device, 'outbox', poison, (row) => ({ ...row, elements: 7 }))
  expect(await drain(device)).toMatchObject({ settled: 2, stopped: null })
  expect((await device.wallet.outbox()).damaged).toEqual([{ table: 'outbox', id: poison, problem: 'elements is no object' }])
  expect((await device.wallet.counts()).needsLook).toBe(1)
})

test('when nothing gets through although the status says all is well, the drain stops instead of trying every row', async () => {
  const device = await makeDevice()
  await captureMany(device, 50)
  device.gateway.network = (url) => (url.endsWith('/queries') ? Promise.resolve(new Response('', { status: 500 })) : undefined)
  expect(await drain(device)).toMatchObject({ settled: 0, stopped: 'connectivity' })
  expect(device.gateway.posts().length).toBeLessThanOrEqual(10)
  const rows = await rowsOf(device)
  expect(rows).toHaveLength(50)
  expect(rows.every(({ state }) => state === 'queued')).toBe(true)
})

test('a gateway that is in vain again and again is asked with three requests at a time, not with every half of every batch', async () => {
  const device = await makeDevice()
  await captureMany(device, 50)
  device.gateway.network = (url) => (url.endsWith('/queries') ? Promise.resolve(new Response('', { status: 500 })) : undefined)
  await drain(device, { eager: true })
  for (let again = 0; again < 5; again++) {
    const before = device.gateway.posts().length
    expect(await drain(device, { eager: true })).toMatchObject({ settled: 0, stopped: 'connectivity' })
    expect(device.gateway.posts().length - before).toBeLessThanOrEqual(3)
  }
})

test('after drains in vain, one bad question still does not delay the others: the first one that gets through clears the gateway', async () => {
  const device = await makeDevice()
  await captureMany(device, 50)
  const poison = await idOf(device, 17)
  device.gateway.network = (url) => (url.endsWith('/queries') ? Promise.resolve(new Response('', { status: 500 })) : undefined)
  for (let time = 0; time < 2; time++) await drain(device, { eager: true })
  await device.clock.pass(6 * 3_600_000)
  device.gateway.network = (_url, _init, ids) => (ids.includes(poison) ? Promise.resolve(problemResponse('envelope-invalid')) : undefined)
  const before = device.gateway.posts().length
  expect(await drain(device, { eager: true })).toMatchObject({ settled: 49, needsUser: 1, stopped: null })
  expect(device.gateway.posts().length - before).toBeLessThanOrEqual(2 + 2 * 6)
})

test('a gateway whose replies say nothing of any question is down: the outbox pauses, longer and longer, and no question is asked alone for it', async () => {
  const device = await makeDevice()
  await captureMany(device, 60)
  device.gateway.network = (url, init) => {
    if (!url.endsWith('/queries')) return undefined
    const { queries } = JSON.parse(String(init?.body)) as { queries: { id: string }[] }
    return Promise.resolve(json(200, { results: queries.map(({ id }) => ({ id, state: 'answered' })) }))
  }
  // So often without a word that each of them travels alone.
  for (let time = 0; time < 2; time++) {
    await drain(device, { eager: true })
    await device.clock.pass(12 * 3_600_000)
  }
  const pauses: number[] = []
  for (let time = 0; time < 4; time++) {
    const before = device.gateway.posts().length
    expect(await drain(device, { eager: true })).toMatchObject({ settled: 0, stopped: 'connectivity' })
    expect(device.gateway.posts().length - before).toBeLessThanOrEqual(time === 0 ? 8 : 3)
    pauses.push((await device.wallet.drainState()).hold?.failures ?? 0)
  }
  expect(pauses).toEqual([1, 2, 3, 4])
  device.gateway.network = () => undefined
  await device.clock.pass(12 * 3_600_000)
  expect(await drain(device, { eager: true })).toMatchObject({ settled: 60, stopped: null })
})
