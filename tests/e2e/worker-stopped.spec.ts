import type { BrowserContext, Page } from '@playwright/test'
import { syncTag } from '../../src/outbox/index.ts'
import { chanceOf } from '../fault/chance.ts'
import { expectConfirmed, paste } from './support/app.ts'
import { dispatchSync, installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'

/** The browser ends a worker whenever it likes. */
async function stopWorkers(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}

test('a worker that is stopped at random while it drains loses nothing and asks nothing twice', async ({ gateway, authority, device }) => {
  const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000)
  console.log(`worker stopped at random: FAULT_SEED=${seed} replays it`)
  const chance = chanceOf(seed)
  const invoices = Array.from({ length: 12 }, (_, i) => makeInvoice(300 + i))
  authority.know(invoices)
  authority.be('up', 150)
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await gateway.stop()
  await paste(page, gateway.url, invoices)
  await page.goto('about:blank')
  await gateway.start()

  for (let life = 0; life < 8; life++) {
    await dispatchSync(phone.context, page, gateway.url, syncTag)
    await page.waitForTimeout(chance.below(400))
    await stopWorkers(phone.context, page)
  }
  // Whoever is next finishes what they began.
  await page.goto(gateway.url)
  await expectConfirmed(page, invoices.slice(-3), 60_000)
  expect(authority.asked().toSorted()).toEqual(invoices.map(({ number }) => number))
})
