import { expect, test } from '@playwright/test'
import { tableOf } from '../bench/qr/measure.ts'
import { qrScannerScore } from '../bench/qr/qr-scanner.ts'
import { comparedSeeds } from '../fixtures/degraded/index.ts'

/** What ours reads of the same pictures at least; `tests/formats/picture` holds it to that. */
const ours = 0.9

test('qr-scanner reads fewer of the unseen degraded pictures than ours must', async () => {
  test.setTimeout(600_000)
  const scanner = await qrScannerScore(comparedSeeds)
  console.log(tableOf([scanner], comparedSeeds.length))
  expect(scanner.read).toBeGreaterThan(0)
  expect(scanner.read).toBeLessThan(ours * comparedSeeds.length)
})
