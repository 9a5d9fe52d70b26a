import { syncTag } from '../../src/outbox/index.ts'
import { expectConfirmed, paste } from './support/app.ts'
import { dispatchSync, installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'
import { until } from './support/time.ts'

test('with every page closed, the worker alone sends and settles', async ({ gateway, authority, device }) => {
  const invoices = [makeInvoice(11), makeInvoice(12), makeInvoice(13)]
  authority.know(invoices)
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await gateway.stop()
  await paste(page, gateway.url, invoices)

  await page.goto('about:blank')
  await gateway.start()
  await dispatchSync(phone.context, page, gateway.url, syncTag)
  const asked = await until(
    () => authority.asked(),
    (numbers) => numbers.length >= invoices.length,
  )
  expect(asked.toSorted()).toEqual(invoices.map(({ number }) => number))

  // The answers are in the wallet: it opens with them although nobody can be asked any more.
  await expect.poll(() => phone.context.pages().map((tab) => tab.url())).toEqual(['about:blank'])
  await page.waitForTimeout(1_000)
  await gateway.stop()
  await page.goto(gateway.url)
  await expectConfirmed(page, invoices)
})
