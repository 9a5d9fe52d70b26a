import { expect, test } from 'vitest'
import { drain } from '../../src/outbox/index.ts'
import type { Damaged } from '../../src/wallet/index.ts'
import { breakRow } from '../fixtures/broken-row.ts'
import { captureMany, makeDevice, rowsOf, type Device } from '../fixtures/device.ts'

async function onlyDamaged(device: Device): Promise<Damaged> {
  const { damaged } = await device.wallet.list()
  expect(damaged).toHaveLength(1)
  return damaged[0] as Damaged
}

test('an invoice that cannot be read is taken out with its answers and questions, and nothing else is', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 2)
  await drain(device)
  await captureMany(device, 1, 3)
  await breakRow(device, 'invoices', id, (row) => ({ ...row, invoice: 'gone' }))
  const { table, id: shown } = await onlyDamaged(device)
  const before = await device.wallet.list()

  const undo = await device.wallet.discard(table, shown)
  const after = await device.wallet.list()
  expect(after).toEqual({ entries: before.entries, damaged: [] })
  expect(await device.wallet.write((tx) => tx.answersOf(id))).toEqual([])
  expect(await rowsOf(device)).toHaveLength(1)

  await undo?.()
  expect(await device.wallet.list()).toEqual(before)
  expect(await device.wallet.write((tx) => tx.answersOf(id))).toHaveLength(1)
})

test('a question that cannot be read is taken out; its invoice stays and can be asked about anew', async () => {
  const device = await makeDevice()
  await captureMany(device, 1)
  const [row] = await rowsOf(device)
  await breakRow(device, 'outbox', row?.id ?? '', (stored) => ({ ...stored, elements: 7 }))
  const { table, id } = await onlyDamaged(device)
  await device.wallet.discard(table, id)
  expect(await device.wallet.list()).toMatchObject({ entries: [{ status: { is: 'unasked' } }], damaged: [] })
})

test('a row that can be read is never taken out', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  const before = await device.wallet.list()
  for (const [table, one] of [
    ['invoices', id],
    ['outbox', (await rowsOf(device))[0]?.id ?? ''],
    ['answers', 'nobody'],
  ] as const)
    expect(await device.wallet.discard(table, one)).toBeNull()
  expect(await device.wallet.list()).toEqual(before)
})

test('the way back does not overwrite what was captured anew meanwhile', async () => {
  const device = await makeDevice()
  const [id = ''] = await captureMany(device, 1)
  const [entry] = (await device.wallet.list()).entries
  await breakRow(device, 'invoices', id, (row) => ({ ...row, invoice: 'gone' }))
  const undo = await device.wallet.discard('invoices', id)
  await device.wallet.write((tx) => tx.putEntry(entry!.entry))
  await undo?.()
  expect(await device.wallet.list()).toMatchObject({ entries: [{ entry: { id } }], damaged: [] })
})
