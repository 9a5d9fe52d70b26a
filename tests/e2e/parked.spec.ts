import { cardOf, expectConfirmed, paste } from './support/app.ts'
import { installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'

test('asked while the authority is down: parked with a ticket, and answered although the gateway was killed', async ({
  gateway,
  authority,
  device,
}) => {
  const invoice = makeInvoice(21)
  authority.know([invoice])
  authority.be('down')
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await paste(page, gateway.url, [invoice])

  await page.goto(gateway.url)
  await cardOf(page, invoice).tap()
  await expect(page.getByText(/网关已收下（编号 [^）]+）/).first()).toBeVisible({ timeout: 30_000 })

  await gateway.kill()
  authority.be('up')
  await gateway.start()
  await page.goto(gateway.url)
  await expectConfirmed(page, [invoice], 60_000)
})
