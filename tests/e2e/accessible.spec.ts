import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { sealZh } from '../../src/app/locales/zh-CN/seal.ts'
import { cardOf, expectConfirmed, paste } from './support/app.ts'
import { installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'

const pages = [
  '/',
  '/scan',
  '/add',
  '/add?way=paste',
  '/add?way=picture',
  '/add?way=file',
  '/query',
  '/invoices/answered',
  '/invoices/waiting',
  '/outbox',
  '/R#answered',
  '/status',
  '/settings',
  '/R',
  '/no-such-page',
]

/** Every page with something on it: an answered invoice, one that waits. */
async function furnish(page: Page, url: string, goOn: () => void): Promise<(path: string) => Promise<void>> {
  const [answered, waiting] = [makeInvoice(41), makeInvoice(42)]
  await paste(page, url, [answered])
  await page.goto(url)
  await expectConfirmed(page, [answered])
  goOn()
  await paste(page, url, [waiting])
  await page.goto(url)
  const addresses = new Map<string, string>()
  for (const [name, invoice] of Object.entries({ answered, waiting }))
    addresses.set(`/invoices/${name}`, (await cardOf(page, invoice).getAttribute('href')) ?? '')
  await page.goto(`${url}${addresses.get('/invoices/answered') ?? ''}`)
  await page.getByRole('button', { name: sealZh.known.all }).tap()
  addresses.set('/R#answered', (await page.locator('.own-id').first().getAttribute('href')) ?? '')
  return async (path) => {
    await page.goto(`${url}${addresses.get(path) ?? path}`)
    await expect(page.locator('h1').first()).toBeAttached()
    await page.waitForTimeout(300)
  }
}

test('every page passes axe in both themes, fits 320 px, and holds at 200% text', async ({ gateway, authority, device }) => {
  test.setTimeout(420_000)
  authority.know([makeInvoice(41), makeInvoice(42)])
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  const go = await furnish(page, gateway.url, () => authority.be('down'))

  const faults: string[] = []
  const examine = async (what: string, axe: AxeBuilder) => {
    const { violations } = await axe.analyze()
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        faults.push(`${what}: ${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }
  const measure = async (what: string) => {
    const wide = await tooWide(page)
    if (wide.length > 0) faults.push(`${what} scrolls sideways: ${wide.join(', ')}`)
  }
  const { width, height } = page.viewportSize() ?? { width: 390, height: 844 }
  // The phone changes its theme, its width and its text under a page that stays open, as phones do.
  for (const path of pages) {
    await page.setViewportSize({ width, height })
    await go(path)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await examine(path, new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']))
    // Of all rules, only this one looks at colours.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await examine(`${path} in the dark`, new AxeBuilder({ page }).withRules(['color-contrast']))
    await page.setViewportSize({ width: 320, height: 640 })
    await page.waitForTimeout(200)
    await measure(`${path} at 320 px`)
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await page.waitForTimeout(200)
    await measure(`${path} at 320 px and 200% text`)
  }
  expect(faults).toEqual([])
})

/** What sticks out of the page or scrolls sideways in it; up to three, by tag and class. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement
    const edge = (element: Element) => element.getBoundingClientRect().right
    const out = [...document.querySelectorAll('body *')].filter(
      (element) => edge(element) > clientWidth + 1 && getComputedStyle(element).position !== 'absolute' && element.clientWidth > 0,
    )
    const scrolls = [...document.querySelectorAll('body *')].filter(
      (element) => element.scrollWidth > element.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(element).overflowX),
    )
    const name = ({ tagName, className }: Element) => `${tagName.toLowerCase()}.${String(className).replaceAll(' ', '.')}`
    return scrollWidth > clientWidth + 1 || scrolls.length > 0 ? [...scrolls, ...out].slice(0, 3).map(name) : []
  })
}
