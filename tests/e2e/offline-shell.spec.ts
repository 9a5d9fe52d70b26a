import { installed } from './support/device.ts'
import { expect, test } from './support/test.ts'

test.describe('without a network', () => {
  test('the app opens at any page, and the gateway stays a gateway', async ({ gateway, device }) => {
    const phone = await device()
    const page = await phone.open(gateway.url)
    await installed(page)
    await gateway.stop()

    for (const path of ['/', '/scan', '/outbox', '/settings', '/query?from=home']) {
      await page.goto(`${gateway.url}${path}`)
      await expect(page.locator('#app .early')).toHaveCount(0)
      await expect(page.locator('#app > *')).not.toHaveCount(0)
    }
    // An address of the gateway's own is never answered with the app's page.
    for (const path of ['/api/v1/status', '/healthz', '/.well-known/piaozai.json']) {
      const error = await page.goto(`${gateway.url}${path}`).then(
        () => null,
        (failure: Error) => failure.message,
      )
      expect(error, path).toContain('ERR_CONNECTION_REFUSED')
    }
  })

  test('nothing the app can ask for later is missing', async ({ gateway, device }) => {
    const phone = await device()
    const page = await phone.open(gateway.url)
    await installed(page)
    const assets = await page.evaluate(async () => {
      const worker = await (await fetch('/sw.js')).text()
      return [...worker.matchAll(/"url":\s*"([^"]+)"/g)].map(([, url]) => `/${url}`)
    })
    expect(assets.length).toBeGreaterThan(10)
    await gateway.stop()
    const missing = await page.evaluate(async (urls) => {
      const replies = await Promise.all(
        urls.map(async (url) => ({
          url,
          ok: await fetch(url).then(
            (reply) => reply.ok,
            () => false,
          ),
        })),
      )
      return replies.filter(({ ok }) => !ok).map(({ url }) => url)
    }, assets)
    expect(missing).toEqual([])
  })
})
