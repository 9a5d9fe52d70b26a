import fc from 'fast-check'
import { expect, test } from 'vitest'
import { capture } from '../../src/capture/index.ts'
import { drain } from '../../src/outbox/index.ts'
import { newDeviceId, newId } from '../../src/wallet/id.ts'
import { searchEntries } from '../../src/wallet/index.ts'
import { isDamaged } from '../../src/wallet/read.ts'
import { readAnswer } from '../../src/wallet/stored-answer.ts'
import { readFile } from '../../src/wallet/stored-file.ts'
import { readEntry } from '../../src/wallet/stored-entry.ts'
import { readQuery } from '../../src/wallet/stored-query.ts'
import { captureMany, draftOf, makeDevice, numberOf, seededRandom } from '../fixtures/device.ts'
import { liveIn } from '../fixtures/lived-in.ts'

const day = 86_400_000

test('the list is newest first, and a view of one invoice says everything about it', async () => {
  const device = await makeDevice()
  await liveIn(device)
  const { entries } = await device.wallet.list()
  const times = entries.map(({ entry }) => entry.captures[0]?.at ?? 0)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  const detail = await device.wallet.entry(entries.at(-1)?.entry.id ?? '')
  expect(detail?.timeline.map(({ is }) => is)).toEqual(['noted', 'answered', 'captured'])
  expect(await device.wallet.entry('nobody')).toBeNull()
})

test("a note of one's own is kept and never is a verdict", async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  await device.wallet.note(id, { saw: 'match', text: 'looked', at: 5 })
  expect(await device.wallet.entry(id)).toMatchObject({ entry: { note: { saw: 'match' } }, status: { is: 'waiting' } })
  await device.wallet.note(id, null)
  expect((await device.wallet.entry(id))?.entry.note).toBeNull()
})

test('a removed invoice can be brought back, and its question goes on meanwhile', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  await device.wallet.remove(id)
  expect((await device.wallet.list()).entries).toEqual([])
  expect(await drain(device)).toMatchObject({ settled: 1 })
  await device.wallet.restore(id)
  expect((await device.wallet.list()).entries.map(({ status }) => status.is)).toEqual(['answered'])
})

test('after thirty days a removed invoice is forgotten with its answers and its file; a clock that jumped once forgets nothing', async () => {
  const device = await makeDevice()
  const file = { name: 'a.pdf', type: '', bytes: new ArrayBuffer(8) }
  const { entryId } = await capture(device, draftOf(1), 'file', file)
  const sha256 = await device.wallet.fingerprint(file.bytes)
  const shared = await capture(device, draftOf(2), 'file', file)
  await drain(device)
  await device.wallet.remove(entryId)
  device.clock.jump(29 * day)
  expect(await device.wallet.purge()).toBe(0)
  device.clock.jump(3650 * day)
  expect(await device.wallet.purge()).toBe(0)
  device.clock.jump(-3650 * day)
  expect(await device.wallet.purge()).toBe(0)
  expect(await device.wallet.entry(entryId)).not.toBeNull()

  device.clock.jump(2 * day)
  expect(await device.wallet.purge()).toBe(0)
  device.clock.jump(2 * day)
  expect(await device.wallet.purge()).toBe(1)
  expect(await device.wallet.entry(entryId)).toBeNull()
  expect(await device.wallet.original(sha256)).not.toBeNull()

  await device.wallet.remove(shared.entryId)
  device.clock.jump(31 * day)
  await device.wallet.purge()
  device.clock.jump(2 * day)
  expect(await device.wallet.purge()).toBe(1)
  expect(await device.wallet.original(sha256)).toBeNull()
})

test('a removed invoice whose question is open is not forgotten', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  await device.wallet.remove(id)
  for (let step = 0; step < 4; step++) {
    device.clock.jump(31 * day)
    expect(await device.wallet.purge()).toBe(0)
    device.clock.jump(2 * day)
    expect(await device.wallet.purge()).toBe(0)
  }
})

test('the browser is asked once to keep the wallet, after the first capture', async () => {
  let asked = 0
  const device = await makeDevice({ persist: async () => (asked++, false) })
  await captureMany(device, 1)
  await device.clock.pass(1)
  await captureMany(device, 1, 2)
  await device.clock.pass(1)
  expect(asked).toBe(1)
})

test('every word must be found, in whatever width and case: number, name, goods, amount, note', async () => {
  const device = await makeDevice()
  await liveIn(device)
  const { entries } = await device.wallet.list()
  const found = (text: string) => searchEntries(entries, text).map(({ entry }) => entry.invoice.number)
  expect(found('甲公司 餐饮')).toEqual([numberOf(1)])
  expect(found('100.01')).toEqual([numberOf(1)])
  expect(found('９１１１００００')).toEqual([numberOf(1)])
  expect(found('91110000000000001a')).toEqual([numberOf(1)])
  expect(found('看到了')).toEqual([numberOf(1)])
  expect(found('甲公司 nothing')).toEqual([])
  expect(found(' ')).toHaveLength(entries.length)
})

test('ids are UUIDv7 in the order of time, and no two are equal', () => {
  const random = seededRandom(7)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
      const id = newId(now, random)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now)
      expect(newId(now, random)).not.toBe(id)
    }),
  )
  expect(newDeviceId(random)).toMatch(/^[\w-]{22}$/)
})

test('whatever is on the disk, reading it does not throw', () => {
  const row = fc.oneof(
    fc.anything(),
    fc.record({ id: fc.anything(), elements: fc.anything(), invoice: fc.anything(), captures: fc.anything() }),
    fc.record({
      sha256: fc.string(),
      at: fc.integer(),
      state: fc.constant('look'),
      problems: fc.array(fc.record({ code: fc.anything(), file: fc.anything() })),
    }),
  )
  fc.assert(
    fc.property(row, (stored) => {
      for (const read of [readEntry, readQuery, readAnswer, readFile]) expect(typeof read(stored)).toBe('object')
    }),
    { numRuns: 500 },
  )
})

test('a row that is damaged anywhere is readable or damaged, and the rest of the list is there', async () => {
  const device = await makeDevice()
  await liveIn(device)
  const detail = await device.wallet.list()
  const one = detail.entries[0]?.entry
  expect(isDamaged(readEntry({ id: one?.id, invoice: { kind: 'unheard-of' } }))).toBe(true)
  expect(readEntry({ id: 'x', at: 5, invoice: { kind: 'rail', number: 7, lines: 'none' }, note: 3 })).toMatchObject({
    id: 'x',
    invoice: { kind: 'rail', number: null, lines: [] },
    captures: [{ at: 5 }],
  })
})
