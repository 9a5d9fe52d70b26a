import { termsZh } from '../../src/app/locales/zh-CN/terms.ts'
import { queryZh } from '../../src/app/locales/zh-CN/query.ts'
import { cardOf, confirmed } from './support/app.ts'
import { installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'

test('an invoice that was only looked up stays, complete and with its source and age, without a network', async ({
  gateway,
  authority,
  device,
}) => {
  const invoice = makeInvoice(31)
  authority.know([invoice])
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)

  await page.goto(`${gateway.url}/query`)
  await page.getByRole('textbox', { name: termsZh.elements.number }).fill(invoice.number)
  await page.getByRole('textbox', { name: termsZh.elements.issuedOn }).fill('20250609')
  await page.getByRole('textbox', { name: termsZh.elements.amount }).fill(invoice.amount)
  await page.getByRole('button', { name: queryZh.ask, exact: true }).tap()
  await expect(page.getByText(/经模拟税务来源查验：一致/).first()).toBeVisible({ timeout: 30_000 })

  await gateway.stop()
  await page.goto(gateway.url)
  await page.reload()
  await expect(cardOf(page, invoice)).toContainText(confirmed)
  await cardOf(page, invoice).tap()
  await expect(page.getByRole('heading', { level: 1, name: invoice.seller })).toBeVisible()
  await expect(page.getByText(invoice.amount).first()).toBeVisible()
  await expect(page.getByText('端到端买方').first()).toBeVisible()
  await expect(page.getByText(/模拟税务来源/).first()).toBeVisible()
  await expect(page.getByText(/截至/).first()).toBeVisible()
})
