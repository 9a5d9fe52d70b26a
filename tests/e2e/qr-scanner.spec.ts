import { expect, test } from '@playwright/test'
import { ours } from '../bench/qr/decoders.ts'
import { measure, tableOf } from '../bench/qr/measure.ts'
import { qrScannerScore } from '../bench/qr/qr-scanner.ts'
import { unseenSeeds } from '../fixtures/degraded/index.ts'

test('more of the unseen degraded pictures are read than qr-scanner reads in a browser', async () => {
  test.setTimeout(600_000)
  const scanner = await qrScannerScore(unseenSeeds)
  const [mine] = await measure([await ours()], unseenSeeds)
  console.log(tableOf([mine!, scanner], unseenSeeds.length))
  expect(scanner.read).toBeGreaterThan(0)
  expect(mine!.read).toBeGreaterThan(scanner.read)
})
