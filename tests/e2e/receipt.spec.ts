import type { Page } from '@playwright/test'
import jsQR from 'jsqr'
import { outboxZh } from '../../src/app/locales/zh-CN/outbox.ts'
import { receiptZh } from '../../src/app/locales/zh-CN/receipt.ts'
import { sealZh } from '../../src/app/locales/zh-CN/seal.ts'
import { makeKey, receiptOf } from '../fixtures/receipts.ts'
import { cardOf, expectConfirmed, paste } from './support/app.ts'
import { installed } from './support/device.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'

/** What a scanner sees in the QR on screen: its path, drawn four pixels a module. */
async function scanned(page: Page): Promise<string | undefined> {
  const qr = page.locator('svg.qr').last()
  await expect(qr).toBeVisible()
  const [, , side = 0] = ((await qr.getAttribute('viewBox')) ?? '').split(' ').map(Number)
  const width = side * 4
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  const runs = ((await qr.locator('path').getAttribute('d')) ?? '').matchAll(/M(\d+) (\d+)h(\d+)/g)
  for (const [, x = 0, y = 0, length = 0] of runs)
    for (let dy = 0; dy < 4; dy++) {
      const start = ((Number(y) + 4) * 4 + dy) * width + (Number(x) + 4) * 4
      for (let at = start; at < start + Number(length) * 4; at++) pixels.fill(0, at * 4, at * 4 + 3)
    }
  return jsQR(pixels, width, width)?.data
}

/** Waits until the browser keeps the keys of the gateway it visited; nothing on screen says so. */
async function keysKept(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          const done = <T>(request: IDBRequest<T>) =>
            new Promise<T>((resolve, reject) => {
              request.onsuccess = () => resolve(request.result)
              request.onerror = () => reject(request.error)
            })
          const names = (await indexedDB.databases()).map(({ name }) => name)
          if (!names.includes('piaozai-reference')) return false
          const db = await done(indexedDB.open('piaozai-reference'))
          const keys = await done(db.transaction('kept').objectStore('kept').getAllKeys())
          db.close()
          return keys.some((key) => String(key).startsWith('keys '))
        }),
      { timeout: 30_000 },
    )
    .toBe(true)
}

const flipped = (text: string) => text.slice(0, 90) + (text[90] === 'A' ? 'B' : 'A') + text.slice(91)

test('a question waits with a queue ticket, is answered with a receipt, and a stranger checks that offline', async ({
  folder,
  gateway,
  authority,
  device,
}, info) => {
  // Two phones, each with the whole app stored, on a machine that may be busy.
  test.setTimeout(300_000)
  // Pictures to look at; they prove nothing, so only the long run takes them.
  const shot = async (page: Page, name: string) => {
    if (!process.env['PIAOZAI_TEST_LONG']) return
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}.png`) })
    }
  }
  const invoice = makeInvoice(31)
  authority.know([invoice])
  authority.be('down')
  const stranger = await device({ profile: `${folder}/stranger` })
  const visit = await stranger.open(gateway.url)
  await installed(visit)
  await keysKept(visit)

  const phone = await device()
  const page = await phone.open(gateway.url)
  await keysKept(page)
  await paste(page, gateway.url, [invoice])
  await page.goto(`${gateway.url}/outbox`)
  const ticket = page.getByRole('link', { name: new RegExp(`^${outboxZh.ticket}：`) })
  await expect(ticket).toBeVisible({ timeout: 30_000 })
  await shot(page, 'outbox')
  await ticket.tap()
  await expect(page.getByText(receiptZh.ticket)).toBeVisible()
  await shot(page, 'ticket')
  expect(await page.getByRole('main').innerText()).not.toContain('查验一致')

  authority.be('up')
  await page.goto(gateway.url)
  await expectConfirmed(page, [invoice], 60_000)
  await cardOf(page, invoice).tap()
  await page.getByRole('button', { name: sealZh.known.all }).tap()
  const sheet = page.getByRole('dialog', { name: sealZh.known.title })
  await expect(sheet.getByText(receiptZh.card.signed(new URL(gateway.url).host, '税务查验一致'))).toBeVisible()
  await sheet.getByText(sealZh.known.receipts).scrollIntoViewIfNeeded()
  await shot(page, 'sheet')
  await sheet.getByRole('button', { name: receiptZh.card.show }).tap()
  const address = (await scanned(page)) ?? ''
  await shot(page, 'held-out')
  expect(address).toMatch(new RegExp(`^HTTP://LOCALHOST:${gateway.port}/R#FPR1[A-Z2-7]{156}$`))
  const id = (await page.locator('.held-id').textContent()) ?? ''
  const text = address.split('#')[1] ?? ''

  await gateway.stop()
  await stranger.context.setOffline(true)
  // The address as a camera opens it, scheme and host in capitals.
  await visit.goto(address)
  await expect(visit.locator('.slip')).toBeVisible({ timeout: 30_000 })
  await shot(visit, 'valid')
  // The wallet beside it is read a moment later than the receipt.
  for (const part of ['税务查验一致', receiptZh.notTax, receiptZh.checkedHere, receiptZh.match.none, id, invoice.amount])
    await expect.poll(() => visit.getByRole('main').innerText(), { timeout: 30_000 }).toContain(part)
  expect(await scanned(visit)).toBe(address)

  /** What the stranger reads of another receipt. */
  const read = async (other: string, name: string) => {
    await visit.goto(`${gateway.url}/R#${other}`)
    await expect(visit.locator('.doubt')).toBeVisible({ timeout: 30_000 })
    await shot(visit, name)
    return visit.getByRole('main').innerText()
  }
  const altered = await read(flipped(text), 'altered')
  expect(altered).toContain(receiptZh.altered.title)
  expect(altered).not.toContain('一致')
  await visit.goto('about:blank')
  const foreign = await read(receiptOf(await makeKey(77)), 'unknown')
  expect(foreign).toContain(receiptZh.uncheckable.title)
  expect(foreign.replace(/\s/g, '')).toContain(receiptZh.uncheckable.why('unknown-key'))
  expect(foreign).not.toMatch(/无效|签名不符|一致/)
  await visit.goto('about:blank')
  await visit.goto(`${gateway.url}/R`)
  await expect(visit.getByRole('textbox', { name: receiptZh.entry.label })).toBeVisible()
  await shot(visit, 'empty')

  // Beside the invoice, on the phone that has it.
  await page.goto(`${gateway.url}/R#${text}`)
  await expect(page.getByText(receiptZh.match.all)).toBeVisible()
  await page.getByText(receiptZh.match.open).scrollIntoViewIfNeeded()
  await shot(page, 'beside')
  await gateway.start()
})
