import { expect, it } from 'vitest'
import InvoicePage from '../../../src/app/pages/InvoicePage.vue'
import { depsOf, open } from '../support/app.ts'
import { detailOf, viewOf } from '../support/samples.ts'

it('待办 leads straight to asking the national platform oneself', async () => {
  const deps = depsOf({ views: [], detail: detailOf(viewOf('e')), calls: [] })
  const { page } = await open(InvoicePage, '/invoices/e?ask=self', deps)
  expect(page.find('dialog').exists()).toBe(true)
  page.unmount()
})
