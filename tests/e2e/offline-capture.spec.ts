import { join } from 'node:path'
import { scanZh } from '../../src/app/locales/zh-CN/scan.ts'
import { cardOf, confirmed, expectConfirmed } from './support/app.ts'
import { cameraFlags } from './support/browser.ts'
import { installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { filmOf, photoOf } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

for (const sync of ['with Background Sync', 'without Background Sync, as on Safari and Firefox']) {
  test(`scanned with no gateway, answered when it is back, ${sync}`, async ({ folder, gateway, authority, device }) => {
    const [scanned, pictured] = [makeInvoice(1), makeInvoice(2)]
    authority.know([scanned, pictured])
    const phone = await device({ flags: cameraFlags(filmOf(join(folder, 'camera.y4m'), scanned.qr)) })
    if (sync.startsWith('without'))
      await phone.context.addInitScript(() => {
        for (const name of ['SyncManager', 'PeriodicSyncManager']) Reflect.deleteProperty(globalThis, name)
        for (const name of ['sync', 'periodicSync']) Reflect.deleteProperty(ServiceWorkerRegistration.prototype, name)
      })
    const page = await phone.open(gateway.url)
    await installed(page)
    await gateway.stop()

    // By the camera, on a page that is opened without a network.
    await page.goto(`${gateway.url}/scan`)
    await expect(page.getByRole('region', { name: scanZh.stack(1) })).toBeVisible({ timeout: 30_000 })
    // From a picture.
    await page.getByLabel(scanZh.album).setInputFiles(photoOf(join(folder, 'photo.png'), pictured.qr))
    await expect(page.getByRole('region', { name: scanZh.stack(2) })).toBeVisible({ timeout: 30_000 })

    await page.goto(gateway.url)
    for (const invoice of [scanned, pictured]) {
      await expect(cardOf(page, invoice)).toBeVisible()
      await expect(cardOf(page, invoice)).not.toContainText(confirmed)
    }
    await page.reload()
    await expect(cardOf(page, scanned)).toBeVisible()

    await gateway.start()
    await expectConfirmed(page, [scanned, pictured], 60_000)
    expect(authority.asked().toSorted()).toEqual([scanned.number, pictured.number])
  })
}
