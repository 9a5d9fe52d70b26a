import { join } from 'node:path'
import { installed } from './support/device.ts'
import { dropAll, ofdFile, rowsIn, stage, xmlFile } from './support/files.ts'
import { boundOn, longestTask } from './support/main-thread.ts'
import { plantEntries } from './support/plant.ts'
import { expect, test } from './support/test.ts'

const known = 2500
const dropped = 40

test('a drop into a wallet of thousands, all of them waiting for a gateway that is gone, holds the page up for no longer than one into a small wallet', async ({
  folder,
  gateway,
  device,
}) => {
  const before = await device()
  const first = await before.open(gateway.url)
  await installed(first)
  await gateway.stop()
  await stage(first, join(folder, 'first'), [ofdFile(1), xmlFile(2)])
  await dropAll(first)
  await plantEntries(first, known)
  await before.close()

  // Another process: making a wallet of thousands leaves much to clear away in this one.
  const phone = await device()
  const page = await phone.open(gateway.url)
  await page.locator('.ticket').first().waitFor()
  const files = Array.from({ length: dropped }, (_, at) => (at % 2 === 0 ? ofdFile : xmlFile)(100 + at))
  await stage(page, join(folder, 'files'), files)
  const bound = await boundOn(page)
  // What reading the wallet at the start left behind is cleared away: the drop alone is looked at.
  await page.requestGC()
  const took = await longestTask(page, () => dropAll(page))
  console.log(`${dropped} files into ${known}: longest task of the page ${took.toFixed(1)} of ${bound.toFixed(1)} ms of processor time`)
  expect(await rowsIn(page)).toMatchObject({ invoices: known + dropped, waiting: 0 })
  expect(took).toBeLessThan(bound)
  await gateway.start()
})
