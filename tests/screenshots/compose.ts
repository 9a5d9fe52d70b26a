import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { browserPath, quietFlags } from '../e2e/support/browser.ts'

/** The pictures of the README, left to right. */
const chosen = ['05-wallet-light', '13-scan-light', '12-status-authority-down-light', '05-wallet-dark']

/** Puts the chosen pictures of a folder side by side into one small PNG. */
export async function compose(folder: string, to: string): Promise<void> {
  const executablePath = browserPath()
  const browser = await chromium.launch({ ...(executablePath !== undefined && { executablePath }), args: quietFlags })
  const page = await browser.newPage({ viewport: { width: 1280, height: 660 } })
  const phones = chosen.map((name) => `<img src="data:image/png;base64,${readFileSync(join(folder, `${name}.png`)).toString('base64')}">`)
  await page.setContent(
    `<style>body{margin:0;display:flex;gap:24px;padding:24px;background:#e9e7e2}img{width:290px;border-radius:20px}</style>${phones.join('')}`,
  )
  await page.locator('img').last().waitFor()
  await page.screenshot({ path: to })
  await browser.close()
}
