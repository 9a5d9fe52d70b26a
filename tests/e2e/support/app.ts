import type { Locator, Page } from '@playwright/test'
import { entryZh } from '../../../src/app/locales/zh-CN/entry.ts'
import { verdictsZh } from '../../../src/app/locales/zh-CN/verdicts.ts'
import { expect } from './test.ts'
import type { MadeInvoice } from './invoices.ts'

/** What the stub of a card says once the authority has answered that everything agrees. */
export const confirmed = verdictsZh.stub('confirmed', 'authority', 'tax')

/** The card of an invoice in the wallet. */
export function cardOf(page: Page, { amount }: MadeInvoice): Locator {
  return page.getByRole('main').getByRole('link').filter({ hasText: amount })
}

/** Takes the contents of QRs in as pasted text and waits until they are kept. Leaves the page at the result. */
export async function paste(page: Page, url: string, invoices: readonly MadeInvoice[]): Promise<void> {
  await page.goto(`${url}/add?way=paste`)
  await page.getByRole('textbox', { name: entryZh.paste.label }).fill(invoices.map(({ qr }) => qr).join('\n'))
  await page.getByRole('button', { name: entryZh.paste.go, exact: true }).tap()
  await expect(page.getByText(entryZh.paste.took(invoices.length)).first()).toBeVisible()
}

/** Waits until the wallet shows every one of the invoices as answered, without touching anything. */
export async function expectConfirmed(page: Page, invoices: readonly MadeInvoice[], timeout = 30_000): Promise<void> {
  for (const invoice of invoices) await expect(cardOf(page, invoice)).toContainText(confirmed, { timeout })
}
