import { expect, test } from 'vitest'
import { capture } from '../../src/capture/index.ts'
import { anotherTab, captureMany, draftOf, makeDevice } from '../fixtures/device.ts'
import { settle } from '../fixtures/clock.ts'

test('a commit in one tab is seen by the watchers of another', async () => {
  const device = await makeDevice()
  const other = await anotherTab(device)
  const seen: number[] = []
  const watching = other.wallet.watch(other.wallet.counts).subscribe(({ entries }) => seen.push(entries))
  await settle()
  await captureMany(device, 1)
  await settle()
  expect(seen.at(-1)).toBe(1)
  watching.unsubscribe()
  await captureMany(device, 1, 2)
  await settle()
  expect(seen.at(-1)).toBe(1)
})

test('what is not committed is never shown', async () => {
  const device = await makeDevice()
  const seen: number[] = []
  device.wallet.watch(device.wallet.list).subscribe(({ entries }) => seen.push(entries.length))
  await settle()
  await expect(
    device.wallet.write(async (tx) => {
      await tx.putEntry({
        id: 'x',
        ...draftOf(1),
        conflicts: [],
        captures: [{ at: 1, way: 'typed', original: null }],
        note: null,
        removedAt: null,
      })
      throw new RangeError('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  await settle()
  expect(new Set(seen)).toEqual(new Set([0]))
})

test('a newer tab upgrades: the old one lets go at once and says so', async () => {
  const device = await makeDevice()
  const newer = device.indexedDB.open('piaozai-wallet', 990)
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    newer.onsuccess = () => resolve(newer.result)
    newer.onblocked = () => reject(new Error('blocked'))
  })
  ;(await opened).close()
  expect(device.wallet.state.value).toBe('outdated')
  await expect(capture(device, draftOf(1), 'camera')).rejects.toMatchObject({ fault: 'outdated' })
})

test('erasing in one tab empties the other, and the device has a new name', async () => {
  const device = await makeDevice()
  const other = await anotherTab(device)
  await captureMany(device, 2)
  const { deviceId } = await device.wallet.settings()
  const seen: number[] = []
  other.wallet.watch(other.wallet.list).subscribe(({ entries }) => seen.push(entries.length))
  await settle()
  await device.wallet.erase()
  await settle()
  expect(seen.at(-1)).toBe(0)
  const renewed = await other.wallet.settings()
  expect(renewed.deviceId).toMatch(/^[\w-]{22}$/)
  expect(renewed.deviceId).not.toBe(deviceId)
  await captureMany(other, 1, 9)
  expect((await device.wallet.list()).entries).toHaveLength(1)
})
