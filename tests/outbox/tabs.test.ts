import { expect, test } from 'vitest'
import { drain } from '../../src/outbox/index.ts'
import { anotherTab, captureMany, makeDevice, rowsOf } from '../fixtures/device.ts'

test('three tabs and the worker racing send each question once', async () => {
  const device = await makeDevice()
  await captureMany(device, 30)
  const tabs = [device, await anotherTab(device), await anotherTab(device), await anotherTab(device)]
  const reports = await Promise.all(tabs.map((tab) => drain(tab, { eager: true })))
  expect(reports.reduce((sum, { settled }) => sum + settled, 0)).toBe(30)
  expect(device.gateway.posts().flatMap(({ ids }) => ids)).toHaveLength(30)
})

test('a question written while a drain ends is not missed: whoever calls meanwhile joins the next one', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  const first = drain(device)
  await captureMany(device, 1, 2)
  const again = [drain(device), drain(device)]
  expect(again[0]).toBe(again[1])
  await Promise.all([first, ...again])
  expect(await rowsOf(device)).toEqual([])
  expect(device.gateway.ledger).toHaveLength(2)
})

test('a frozen tab loses the lock after two minutes; what it wakes up with changes nothing but a received answer', async () => {
  const device = await makeDevice()
  await captureMany(device, 2)
  let thaw = () => {}
  const frozen = new Promise<void>((resolve) => (thaw = resolve))
  // The frozen tab has its reply, but never got to run again.
  const sleeper = await anotherTab(device)
  const channels = {
    ...device.channels,
    ask: async (rows: Parameters<typeof device.channels.ask>[0]) => (await frozen, device.channels.ask(rows)),
  }
  const sleeping = drain({ ...sleeper, channels })
  await device.clock.pass(1000)
  expect(device.gateway.posts()).toHaveLength(0)

  const waiting = drain(device)
  await device.clock.pass(90_000)
  expect(device.gateway.posts()).toHaveLength(0)
  await device.clock.pass(60_000)
  expect(await waiting).toMatchObject({ settled: 2 })

  thaw()
  expect(await sleeping).toMatchObject({ settled: 0, stopped: 'lock-lost' })
  expect(new Set(device.gateway.ledger.map(({ id }) => id)).size).toBe(2)
  expect(device.gateway.ledger).toHaveLength(2)
})

test('an answer that a frozen tab had in hand is kept although its lock was stolen; its rows are the new drain’s business', async () => {
  const device = await makeDevice()
  await captureMany(device, 2)
  let thaw = () => {}
  const frozen = new Promise<void>((resolve) => (thaw = resolve))
  const sleeper = await anotherTab(device)
  const channels = {
    ...device.channels,
    async ask(rows: Parameters<typeof device.channels.ask>[0]) {
      const reply = await device.channels.ask(rows)
      await frozen
      return reply
    },
  }
  const sleeping = drain({ ...sleeper, channels })
  await device.clock.pass(1000)
  expect(device.gateway.ledger).toHaveLength(2)

  device.gateway.network = () => Promise.reject(new TypeError('failed to fetch'))
  const waiting = drain(device)
  await device.clock.pass(150_000)
  expect(await waiting).toMatchObject({ settled: 0, stopped: 'connectivity' })
  const { holder } = await device.wallet.write((tx) => tx.drainState())

  // Whoever called it was told when the lock was gone; the tab itself wakes up later.
  expect(await sleeping).toMatchObject({ settled: 0, stopped: 'lock-lost' })
  expect(await rowsOf(device)).toHaveLength(2)
  thaw()
  await device.clock.pass(1)
  expect(await rowsOf(device)).toEqual([])
  expect(await device.wallet.counts()).toMatchObject({ entries: 2, waiting: 0 })
  expect(await device.wallet.write((tx) => tx.drainState())).toMatchObject({ holder, hold: { reason: 'gateway-down' } })
})

test('a tab that wakes up without its lock, and without a reply, changes nothing', async () => {
  const device = await makeDevice()
  await captureMany(device, 2)
  device.gateway.say = () => ({ say: 'park', retryAfter: 600 })
  let thaw = () => {}
  const frozen = new Promise<void>((resolve) => (thaw = resolve))
  const sleeper = await anotherTab(device)
  const channels = {
    ...device.channels,
    ask: () => frozen.then(() => ({ ok: false, error: { is: 'overloaded', retryAfter: 3600, reason: 'overload' } }) as const),
  }
  const sleeping = drain({ ...sleeper, channels })
  await device.clock.pass(1000)
  const waiting = drain(device)
  await device.clock.pass(150_000)
  expect(await waiting).toMatchObject({ parked: 2 })
  const before = await device.wallet.queries()

  thaw()
  await device.clock.pass(1)
  expect(await sleeping).toMatchObject({ stopped: 'lock-lost' })
  expect(await device.wallet.queries()).toEqual(before)
  expect(before.drain.hold).toBeNull()
})

test('a tap while a drain runs that only waits is a drain of its own, after it', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  device.gateway.network = () => Promise.reject(new TypeError('failed to fetch'))
  await drain(device)
  device.gateway.network = () => undefined
  const idle = drain(device)
  const tap = drain(device, { eager: true })
  expect(await idle).toMatchObject({ sent: 0, stopped: 'hold' })
  expect(await tap).toMatchObject({ settled: 1, stopped: null })
})

test('a drain that makes progress keeps the lock however long it takes, also against a page that was frozen and not told of it', async () => {
  const device = await makeDevice()
  await captureMany(device, 200)
  const other = await anotherTab(device)
  const lastTold = await other.wallet.queries()
  const untold = { ...other, wallet: { ...other.wallet, queries: async () => lastTold } }
  let posted = 0
  const slow = {
    ...device.channels,
    ask: async (rows: Parameters<typeof device.channels.ask>[0]) => {
      posted++
      await new Promise<void>((resolve) => device.clock.after(100_000, resolve))
      return device.channels.ask(rows)
    },
  }
  const long = drain({ ...device, channels: slow })
  await device.clock.pass(1000)
  const waiting = drain(untold)
  await device.clock.pass(420_000)
  expect(await long).toMatchObject({ settled: 200, stopped: null })
  expect(await waiting).toMatchObject({ sent: 0 })
  expect(posted).toBe(4)
})

test('without Web Locks a device still drains', async () => {
  const device = await makeDevice({ locks: null })
  await captureMany(device, 3)
  expect(await drain(device)).toMatchObject({ settled: 3 })
})
