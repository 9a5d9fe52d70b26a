import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { complete, keepFile } from '../../src/capture/index.ts'
import { drain } from '../../src/outbox/index.ts'
import { openWallet, type Wallet } from '../../src/wallet/index.ts'
import { breakRow } from '../fixtures/broken-row.ts'
import { anotherTab, captureMany, draftOf, makeDevice, type Device } from '../fixtures/device.ts'
import { liveIn } from '../fixtures/lived-in.ts'
import { rowsRead } from '../fixtures/rows-read.ts'

/** What pages follow is kept in memory; it must be what a wallet that is opened now would read. */

// Dexie tells of every database that is deleted while open.
vi.spyOn(console, 'warn').mockImplementation(() => {})
let restore = () => {}
afterEach(() => restore())

const all = async ({ list, counts, files, queries, outbox }: Wallet) => [
  await list(),
  await counts(),
  await files(),
  await queries(),
  await outbox(),
]
async function asOpenedNow(device: Device) {
  const wallet = await openWallet(device)
  const everything = await all(wallet)
  wallet.close()
  return everything
}
const entryIds = async ({ wallet }: Device) => (await wallet.list()).entries.map(({ entry }) => entry.id)

type Deed = (device: Device, n: number) => Promise<unknown>
const deeds: Readonly<Record<string, Deed>> = {
  capture: (device, n) => captureMany(device, 1, n),
  captureMany: (device, n) => captureMany(device, 60, 100 * n),
  keep: (device, n) => keepFile(device, { name: `${n}`, type: '', bytes: new Uint8Array([n]).buffer }),
  drain: (device) => drain(device, { eager: true }),
  offline: async (device) => (device.gateway.network = () => Promise.reject(new TypeError('failed to fetch'))),
  parking: async (device) => {
    device.gateway.network = () => undefined
    device.gateway.say = () => ({ say: 'park', reason: 'source-down', retryAfter: 60 })
  },
  answering: async (device) => {
    device.gateway.network = () => undefined
    device.gateway.say = () => ({ say: 'answer', answer: { verdict: 'mismatch' } })
  },
  later: async (device) => device.clock.jump(3_600_000),
  // The number of another invoice makes two entries one.
  edit: async (device, n) => complete(device, (await entryIds(device))[n] ?? '', { number: draftOf(n + 1).invoice.number, amount: n }),
  note: async (device, n) => device.wallet.note((await entryIds(device))[n] ?? '', { saw: 'match', text: '', at: n }),
  remove: async (device, n) => device.wallet.remove((await entryIds(device))[n] ?? ''),
  restoreAll: async (device) => {
    for (const { entryId } of (await device.wallet.queries()).queries) await device.wallet.restore(entryId)
  },
  removeFile: async ({ wallet }) => wallet.removeFile((await wallet.files()).files[0]?.sha256 ?? ''),
  purge: ({ wallet }) => wallet.purge(),
  erase: ({ wallet }) => wallet.erase(),
}

test('whatever is done, in whichever tab, both tabs know what is on the disk', { timeout: 60_000 }, async () => {
  const deed = fc.record({
    what: fc.constantFrom(...Object.keys(deeds).filter((what) => what !== 'captureMany')),
    n: fc.integer({ min: 1, max: 5 }),
    tab: fc.boolean(),
    look: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 12 }), async (steps) => {
      const here = await makeDevice()
      const there = await anotherTab(here)
      for (const { what, n, tab, look } of steps) {
        await deeds[what]?.(tab ? there : here, n)
        if (look) await here.wallet.counts()
      }
      const now = await asOpenedNow(here)
      expect(await all(here.wallet)).toEqual(now)
      expect(await all(there.wallet)).toEqual(now)
      here.wallet.close()
      there.wallet.close()
    }),
    { numRuns: process.env['PIAOZAI_TEST_LONG'] ? 500 : 40 },
  )
})

test('a question whose invoice was taken out goes on under its name', async () => {
  const device = await makeDevice()
  const [first = ''] = await captureMany(device, 2)
  await device.wallet.list()
  await device.wallet.remove(first)
  const named = (await device.wallet.outbox()).queries.map(({ entry }) => entry?.invoice.number)
  expect(named).toEqual([1, 2].map((n) => draftOf(n).invoice.number))
})

test('questions of the same moment keep their order, whichever was written last', async () => {
  const device = await makeDevice()
  await captureMany(device, 1, 1)
  await captureMany(device, 1, 3)
  await deeds['edit']?.(device, 1)
  await captureMany(device, 1, 1)
  expect(await device.wallet.queries()).toEqual((await asOpenedNow(device))[3])
})

test('a wallet that was lived in is read whole, piece by piece, and after a change that touches all of it', async () => {
  const device = await makeDevice()
  await liveIn(device)
  await deeds['captureMany']?.(device, 1)
  await captureMany(device, 300, 2000)
  expect(await all(device.wallet)).toEqual(await asOpenedNow(device))
  const [id = ''] = await entryIds(device)
  await breakRow(device, 'invoices', id, (row) => ({ ...row, invoice: 7 }))
  expect((await device.wallet.list()).damaged).toHaveLength(1)
  expect(await all(device.wallet)).toEqual(await asOpenedNow(device))
})

/** Captures an invoice and asks for everything. */
const oneMore = (device: Device, n: number) => async () => {
  await captureMany(device, 1, n)
  await all(device.wallet)
}
/** Pauses the outbox and asks for everything. */
const pause = (device: Device, until: number) => async () => {
  const hold = { reason: 'device-offline', until, setAt: device.clock.now(), failures: 1 } as const
  await device.wallet.write((tx) => tx.putDrainState({ holder: null, beatAt: 0, hold }))
  await all(device.wallet)
}

test.each([
  ['one more invoice', 300, oneMore],
  ['a pause', 510, pause],
] as const)('what %s costs does not grow with the wallet', async (_, count, deed) => {
  const device = await makeDevice()
  await captureMany(device, 1, 1)
  await all(device.wallet)
  const rows = await rowsRead(deed(device, 2))
  await captureMany(device, count, 100)
  await all(device.wallet)
  expect(await rowsRead(deed(device, 3))).toBeLessThan(rows + 5)
  expect(await all(device.wallet)).toEqual(await asOpenedNow(device))
})

test('an invoice that is known is not read again when its question is answered', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  await all(device.wallet)
  const get = vi.spyOn(IDBObjectStore.prototype, 'get')
  restore = () => get.mockRestore()
  await drain(device, { eager: true })
  await all(device.wallet)
  const stores = get.mock.contexts.map((store) => (store as unknown as IDBObjectStore).name)
  expect(stores).toContain('answers')
  expect(stores).not.toContain('invoices')
})

test('who asks again while nothing was committed is told without a look at the disk', async () => {
  const device = await makeDevice()
  await captureMany(device, 3)
  const told = await all(device.wallet)
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
  restore = () => transactions.mockRestore()
  expect(await all(device.wallet)).toEqual(told)
  expect(transactions).not.toHaveBeenCalled()
  await captureMany(device, 1, 4)
  expect(await all(device.wallet)).not.toEqual(told)
})
