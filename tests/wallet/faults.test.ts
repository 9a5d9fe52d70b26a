import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb'
import { afterEach, expect, test } from 'vitest'
import { capture } from '../../src/capture/index.ts'
import { drain } from '../../src/outbox/index.ts'
import { classify } from '../../src/wallet/fault.ts'
import { WalletError } from '../../src/wallet/index.ts'
import { captureMany, draftOf, makeDevice, numberOf } from '../fixtures/device.ts'
import { fullAt, loseConnectionAt } from '../fixtures/storage-faults.ts'

/** R7: a full device, a database deleted while open, a connection lost at every operation. */

let restore = () => {}
afterEach(() => restore())

test('every transaction that writes to the wallet is strict', async () => {
  const durabilities = new Set<unknown>()
  const original = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (names, mode, options) {
    if (mode === 'readwrite') durabilities.add(options?.durability)
    return original.call(this, names, mode, options)
  }
  restore = () => (IDBDatabase.prototype.transaction = original)
  const device = await makeDevice()
  await captureMany(device, 1)
  await drain(device)
  expect([...durabilities]).toEqual(['strict'])
})

test('the connection lost at any operation of capture and drain is reopened: nothing is lost, nothing doubled', async () => {
  for (let k = 1; ; k++) {
    const device = await makeDevice({ seed: k })
    const fault = loseConnectionAt(k)
    restore = fault.restore
    const first = await capture(device, draftOf(1), 'camera')
    const report = await drain(device)
    const { entries } = await device.wallet.list()
    fault.restore()
    if (!fault.happened()) {
      expect(k).toBeGreaterThan(20)
      return
    }
    expect(first, `lost at ${k}`).toMatchObject({ knownSince: null, question: 'queued' })
    expect(
      entries.map(({ status }) => status.is),
      `lost at ${k}`,
    ).toEqual(['answered'])
    expect(entries[0]?.entry.captures, `lost at ${k}`).toHaveLength(1)
    expect(new Set(device.gateway.ledger.map(({ id }) => id)).size, `lost at ${k}`).toBe(1)
    expect(report.stopped, `lost at ${k}`).toBeNull()
    device.wallet.close()
  }
})

test('a device that is full at any write of a capture says so and keeps all of it or nothing', async () => {
  for (let k = 1; ; k++) {
    const device = await makeDevice({ seed: k })
    const fault = fullAt(k)
    restore = fault.restore
    const outcome = await capture(device, draftOf(1), 'camera').catch((error: unknown) => error)
    fault.restore()
    const { entries } = await device.wallet.list()
    const { queries } = await device.wallet.outbox()
    // The first refusal made it try once more, and then there was room.
    expect(outcome, `full at ${k}`).toMatchObject({ question: 'queued' })
    expect([entries.length, queries.length], `full at ${k}`).toEqual([1, 1])
    if (!fault.happened()) {
      expect(k).toBeGreaterThan(2)
      return
    }
    device.wallet.close()
  }
})

test('a device that stays full gives up what can be fetched again, then the file; the invoice comes last', async () => {
  const device = await makeDevice()
  let roomMade = 0
  const file = { name: 'a.pdf', type: '', bytes: new ArrayBuffer(8) }
  const fault = fullAt(1)
  restore = fault.restore
  const makeRoom = async () => {
    roomMade++
    restore = (fault.restore(), fullAt(1).restore)
  }
  const done = await capture({ ...device, makeRoom }, draftOf(1), 'file', file)
  restore()
  expect(done).toMatchObject({ question: 'queued', originalKept: false })
  expect(roomMade).toBe(1)
  expect((await device.wallet.entry(done.entryId))?.originals).toEqual([])
})

test('a device without any room says `full`, and no longer once a write succeeds', async () => {
  const device = await makeDevice()
  restore = fullAt(1, { every: true }).restore
  await expect(capture(device, draftOf(1), 'camera')).rejects.toMatchObject({ name: 'WalletError', fault: 'full' })
  restore()
  await device.wallet.list()
  expect(device.wallet.state.value).toBe('full')
  await capture(device, draftOf(1), 'camera')
  expect(device.wallet.state.value).toBe('open')
})

test('a device that gets full while draining keeps every row, and what was answered meanwhile is answered again later', async () => {
  for (let k = 1; k <= 6; k++) {
    const device = await makeDevice({ seed: k })
    await captureMany(device, 3)
    const fault = fullAt(k, { every: true })
    restore = fault.restore
    const outcome = await drain(device).catch((error: unknown) => error)
    fault.restore()
    if (fault.happened()) expect(outcome, `full at ${k}`).toBeInstanceOf(WalletError)
    await drain(device)
    expect(
      (await device.wallet.list()).entries.map(({ status }) => status.is),
      `full at ${k}`,
    ).toEqual(['answered', 'answered', 'answered'])
    expect(device.gateway.ledger, `full at ${k}`).toHaveLength(3)
    device.wallet.close()
  }
})

test('a database deleted while open is started anew; the app goes on', async () => {
  const device = await makeDevice()
  await captureMany(device, 2)
  await new Promise((resolve) => (device.indexedDB.deleteDatabase('piaozai-wallet').onsuccess = resolve))
  expect((await device.wallet.list()).entries).toEqual([])
  await captureMany(device, 1, 3)
  expect((await device.wallet.list()).entries.map(({ entry }) => entry.invoice.number)).toEqual([numberOf(3)])
})

test('storage that does not work at all is `unavailable`, and works again when it does', async () => {
  const device = await makeDevice()
  const original = IDBObjectStore.prototype.getAll
  IDBObjectStore.prototype.getAll = () => {
    throw new DOMException('Internal error', 'UnknownError')
  }
  restore = () => (IDBObjectStore.prototype.getAll = original)
  await expect(device.wallet.list()).rejects.toMatchObject({ fault: 'unavailable' })
  restore()
  expect((await device.wallet.list()).entries).toEqual([])
  expect(device.wallet.state.value).toBe('open')
})

test('a file that the storage does not give back intact is written once more, and then owned up to', async () => {
  let corrupt = 0
  const device = await makeDevice({
    digest: async (bytes) => {
      const digest = await crypto.subtle.digest('SHA-256', bytes)
      return corrupt++ > 0 ? digest.slice(0, 31) : digest
    },
  })
  const file = { name: 'a.pdf', type: '', bytes: new ArrayBuffer(8) }
  expect(await capture(device, draftOf(1), 'file', file)).toMatchObject({ originalKept: false, question: 'queued' })
})

test.each([
  [
    Object.assign(new Error('x'), { name: 'AbortError', inner: new DOMException('', 'QuotaExceededError') }),
    { is: 'fault', fault: 'full' },
  ],
  [new DOMException('', 'QuotaExceededError'), { is: 'fault', fault: 'full' }],
  [Object.assign(new Error('x'), { name: 'AbortError' }), { is: 'lost' }],
  [new DOMException('Connection to Indexed Database server lost. Refresh the page to try again', 'UnknownError'), { is: 'lost' }],
  [Object.assign(new Error('x'), { name: 'DatabaseClosedError' }), { is: 'lost' }],
  [new DOMException('', 'InvalidStateError'), { is: 'lost' }],
  [new DOMException('', 'VersionError'), { is: 'fault', fault: 'newer' }],
  [new RangeError('a bug'), { is: 'other' }],
  ['a string', { is: 'other' }],
  [null, { is: 'other' }],
])('%s is classified', (error, failure) => {
  expect(classify(error)).toEqual(failure)
})
