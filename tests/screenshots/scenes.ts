import type { Page } from '@playwright/test'
import type { Authority } from '../e2e/support/authority.ts'

/** What a scene may move: the page, and the world around it. */
export interface Stage {
  readonly page: Page
  readonly url: string
  readonly authority: Authority
  /** Brings invoices in through the page for pasting, one payload a line. */
  paste(payloads: readonly string[]): Promise<void>
  /** Opens an address of the app and waits until its heading is there. */
  go(path: string): Promise<void>
  stopGateway(): Promise<void>
  readonly answered: readonly string[]
  readonly waiting: readonly string[]
}

/** One picture: what leads to it. Scenes build on one another, in order. */
export interface Scene {
  readonly name: string
  play(stage: Stage): Promise<void>
}

const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 20_000 })

/** Every page, in the states worth looking at. */
export const scenes: readonly Scene[] = [
  { name: '01-wallet-empty', play: ({ go }) => go('/') },
  {
    name: '02-status-normal',
    async play({ go, page }) {
      await go('/status')
      await seen(page, '一切正常')
    },
  },
  {
    name: '03-paste',
    async play({ paste, answered, page }) {
      await paste(answered)
      await seen(page, '税务查验一致')
    },
  },
  {
    name: '04-query-answered',
    async play({ go, page, answered }) {
      const [, , , number = '', amount = '', date = ''] = (answered[1] ?? '').split(',')
      await go('/query')
      await page.getByLabel('发票号码').fill(number)
      await page.getByLabel('开票日期').fill(date)
      await page.getByLabel('价税合计').fill(amount)
      await page.getByRole('button', { name: '查验', exact: true }).click()
      await seen(page, /已于.*查验：一致/)
    },
  },
  {
    name: '05-wallet',
    async play({ go, page, authority, paste, waiting }) {
      authority.be('down')
      await paste(waiting)
      await seen(page, /网关已收下|没有答复/)
      await go('/status')
      await seen(page, '税务查验没有答复')
      await go('/')
      await seen(page, '税务查验一致')
    },
  },
  {
    name: '06-invoice',
    async play({ go, page }) {
      await go('/')
      await page.getByText('某某办公用品有限公司').click()
      await seen(page, '某某办公用品有限公司')
    },
  },
  {
    name: '06a-how-we-know',
    async play({ page }) {
      await page.getByRole('button', { name: '全部依据' }).click()
      await page.locator('.own-id').first().scrollIntoViewIfNeeded()
    },
  },
  {
    name: '06b-receipt-held-out',
    async play({ page }) {
      await page.getByRole('button', { name: '出示二维码' }).first().click()
      await page.locator('.held svg.qr').waitFor()
    },
  },
  {
    name: '06c-receipt',
    async play({ page, go }) {
      await page.keyboard.press('Escape')
      const address = await page.locator('.own-id').first().getAttribute('href')
      await go(address ?? '')
      await page.locator('.slip').waitFor()
    },
  },
  { name: '06d-receipt-empty', play: ({ go }) => go('/R') },
  { name: '07-add', play: ({ go }) => go('/add') },
  {
    name: '08-add-typed',
    async play({ go, page }) {
      await go('/add')
      const year = new Date().getFullYear()
      await page.getByLabel('发票号码').pressSequentially(`${year - 2000}002000000000004999`)
      await page.getByLabel('开票日期').fill(`${year}0109`)
      await page.getByLabel('价税合计').fill('186.00')
      await page.getByLabel('开票日期').blur()
      await seen(page, '号码的年份和日期相符')
      await page.waitForTimeout(600)
    },
  },
  { name: '09-add-pictures', play: ({ go }) => go('/add?way=picture') },
  {
    name: '10-query',
    async play({ go, page }) {
      await go('/add')
      await page.getByRole('button', { name: '清空' }).click()
      await go('/query')
    },
  },
  {
    name: '11-outbox',
    async play({ go, page, paste, answered }) {
      // One whose amount is missing, to be filled in.
      const cells = (answered[6] ?? '').split(',')
      await paste([[...cells.slice(0, 3), `${cells[3]?.slice(0, -2)}00`, '', ...cells.slice(5)].join(',')])
      await go('/outbox')
      await seen(page, '要看一眼')
    },
  },
  {
    name: '12-status-authority-down',
    async play({ go, page }) {
      await go('/status')
      await seen(page, '税务查验没有答复')
    },
  },
  {
    name: '13-scan',
    async play({ go, page }) {
      await go('/scan')
      await page.locator('.tray').waitFor({ timeout: 60_000 })
      await page.waitForTimeout(500)
    },
  },
  { name: '14-settings', play: ({ go }) => go('/settings') },
  {
    name: '15-erase',
    async play({ go, page }) {
      await go('/settings')
      await page.getByRole('button', { name: '清空票夹' }).click()
      await page.waitForTimeout(300)
    },
  },
  { name: '16-not-found', play: ({ go }) => go('/nowhere') },
  {
    name: '17-status-gateway-down',
    async play({ go, page, stopGateway }) {
      await go('/status')
      await stopGateway()
      await page.getByRole('button', { name: '刷新' }).click()
      await seen(page, '网关没有答复')
    },
  },
  {
    name: '18-status-offline',
    async play({ go, page }) {
      await go('/status')
      await page.context().setOffline(true)
      await page.getByRole('button', { name: '刷新' }).click()
      await seen(page, '这台设备没有网络')
    },
  },
]
