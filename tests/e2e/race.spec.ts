import { syncTag } from '../../src/outbox/index.ts'
import { expectConfirmed, paste } from './support/app.ts'
import { dispatchSync, installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'

test('three tabs and the worker at once ask each question once', async ({ gateway, authority, device }) => {
  const invoices = Array.from({ length: 12 }, (_, i) => makeInvoice(100 + i))
  authority.know(invoices)
  authority.be('up', 100)
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await gateway.stop()
  await paste(page, gateway.url, invoices)
  const tabs = [page, await phone.context.newPage(), await phone.context.newPage()]
  for (const tab of tabs) await tab.goto(gateway.url)

  await gateway.start()
  await Promise.all([
    ...tabs.map((tab) => tab.evaluate(() => dispatchEvent(new Event('online')))),
    dispatchSync(phone.context, page, gateway.url, syncTag),
  ])
  for (const tab of tabs) await expectConfirmed(tab, invoices.slice(-3), 60_000)
  expect(authority.asked().toSorted()).toEqual(invoices.map(({ number }) => number))
})
