import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createAuthority } from '../../e2e/support/authority.ts'
import { openDevice } from '../../e2e/support/device.ts'
import { createGateway } from '../../e2e/support/gateway.ts'
import { makeInvoice } from '../../e2e/support/invoices.ts'
import { plantEntries } from '../../e2e/support/plant.ts'

/** A little text of its own, no script, no style sheet: the least a browser can be given. */
const stillPage = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>票在</title><h1>票夹</h1><p>没有网络也能打开</p></html>'
const stillPath = '/assets/still-00000000.html'

/**
 * A device with the app and a full wallet, whose gateway is gone. Every measured page is a new tab, and the worker is stopped before it.
 * Times are milliseconds since the navigation began.
 */
export async function openBench(folder: string, invoices: number) {
  const gateway = await createGateway({ data: join(folder, 'data'), authority: createAuthority(join(folder, 'authority')) })
  await gateway.start()
  const device = await openDevice({ profile: join(folder, 'profile') })
  const first = await device.open(gateway.url)
  await first.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
  await gateway.stop()
  await first.goto(`${gateway.url}/add?way=paste`)
  const template = makeInvoice(1)
  await first.locator('textarea').fill(template.qr)
  await first.locator('button[type=submit]').tap()
  await first.getByText('收下 1 张').first().waitFor()
  await first.goto('about:blank')
  // A page of the origin stays, on a page that does nothing, to put the static page where the worker finds it.
  const keeper = await device.context.newPage()
  await keeper.goto(`${gateway.url}/no-such-page`)
  await multiply(keeper, invoices)
  await first.close()

  async function cold(path: string): Promise<Page> {
    const page = await device.context.newPage()
    const session = await device.context.newCDPSession(page)
    await session.send('ServiceWorker.enable')
    await session.send('ServiceWorker.stopAllWorkers')
    await session.detach()
    await page.waitForTimeout(300)
    await page.goto(`${gateway.url}${path}`)
    return page
  }
  const seen = (page: Page, type: string, name: string) =>
    page.evaluate(
      ([kind, wanted]) =>
        new Promise<number>((resolve) =>
          new PerformanceObserver((list) => {
            const [entry] = list.getEntriesByName(wanted!)
            if (entry) resolve(entry.startTime)
          }).observe({ type: kind!, buffered: true }),
        ),
      [type, name],
    )

  return {
    async app(): Promise<{ painted: number; interactive: number }> {
      const page = await cold('/')
      const times = {
        painted: await seen(page, 'paint', 'first-contentful-paint'),
        interactive: await seen(page, 'mark', 'wallet-interactive'),
      }
      await page.close()
      return times
    },
    async staticPage(): Promise<number> {
      await keeper.evaluate(
        async ([path, html]) => {
          const name = (await caches.keys()).find((key) => key.includes('precache'))
          const cache = await caches.open(name!)
          // With the app's own headers: they decide how a browser starts a page (a process of its own, a policy to read).
          const app = (await cache.keys()).find(({ url }) => new URL(url).pathname === '/index.html')
          const { headers } = (await cache.match(app!))!
          const kept = [...headers].filter(([header]) => !/^content-(length|encoding)$|^etag$/.test(header))
          await cache.put(path!, new Response(html, { headers: kept }))
        },
        [stillPath, stillPage],
      )
      const page = await cold(stillPath)
      const painted = await seen(page, 'paint', 'first-contentful-paint')
      await page.close()
      return painted
    },
    async close() {
      await device.close()
      await gateway.stop()
    },
  }
}

/** Fills the wallet: a thousand captures through the pages would take longer than everything that is measured. */
async function multiply(page: Page, times: number): Promise<void> {
  await plantEntries(page, times)
  await page.goto(new URL('/', page.url()).href)
  await page.getByText(`${times} 张`).first().waitFor({ timeout: 60_000 })
  await page.goto(new URL('/no-such-page', page.url()).href)
}
