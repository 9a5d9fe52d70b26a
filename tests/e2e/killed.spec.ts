import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { entryZh } from '../../src/app/locales/zh-CN/entry.ts'
import { installed, openDevice, type Device } from './support/device.ts'
import { drop, invoiceOf, keptIn, killBrowser, xmlFile } from './support/files.ts'
import { makeInvoice } from './support/invoices.ts'
import { expect, test } from './support/test.ts'
import { until } from './support/time.ts'

/** R4. Ten kills, fifty in the long run; `E2E_KILLS` says another count. */
const kills = Number(process.env['E2E_KILLS'] ?? (process.env['PIAOZAI_TEST_LONG'] === undefined ? 10 : 50))
/** Lines that are pasted and files that are dropped in a round: several commits of each. */
const lines = 80
const drops = 40
/** Seconds that a phone may be made to wait by the limit of one device: as long as its largest message takes to be earned, and as much again by chance. */
const longestHold = 150
/** `E2E_SEED` replays a run. */
const seed = Number(process.env['E2E_SEED'] ?? Date.now() % 1_000_000)
const chance = (round: number) => (Math.imul(seed + round * 7919, 2654435761) >>> 8) / 2 ** 24

/** What the page told the person, as it told it: everything that it ever said in this form. */
async function listen(page: Page, form: RegExp): Promise<() => readonly string[]> {
  const heard = new Set<string>()
  await page.exposeFunction('told', (words: string[]) => words.forEach((word) => heard.add(word)))
  await page.evaluate((source) => {
    const { told } = window as unknown as { told(words: string[]): void }
    const look = () => told([...(document.body.textContent ?? '').matchAll(new RegExp(source, 'g'))].map(([, word]) => word ?? ''))
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  }, form.source)
  return () => [...heard]
}

test(`a browser that is killed ${kills} times while it captures, imports and drains loses nothing it acknowledged`, async ({
  folder,
  gateway,
  authority,
}) => {
  test.setTimeout(60_000 + kills * 45_000)
  const profile = join(folder, 'profile')
  const asked = Array.from({ length: kills * lines }, (_, at) => makeInvoice(at + 1))
  authority.know(asked)
  authority.be('up', 30)
  /** Numbers of invoices and ids of answers that a page showed. */
  const acknowledged = { invoices: new Set<string>(), answers: new Set<string>() }
  const counts = { capture: 0, import: 0, drain: 0 }
  let device: Device | null = null

  const start = async (path = '/') => {
    device = await openDevice({ profile })
    const page = await device.open(`${gateway.url}${path}`)
    await installed(page)
    return page
  }
  const kill = async () => {
    killBrowser(profile)
    await device?.close().catch(() => undefined)
  }
  const expectAll = async (page: Page) => {
    const { numbers, answers } = await keptIn(page)
    expect(new Set(numbers).size, 'an invoice is there twice').toBe(numbers.length)
    const lost = [...acknowledged.invoices].filter((number) => !numbers.includes(number))
    expect([...lost, ...[...acknowledged.answers].filter((id) => !answers.includes(id))], `lost; E2E_SEED=${seed}`).toEqual([])
  }

  for (let round = 0; round < kills; round++) {
    const doing = (['capture', 'import', 'drain'] as const)[round % 3] ?? 'capture'
    // Without a gateway but to drain: otherwise everything is answered before the kill comes.
    if (doing === 'drain') await gateway.start()
    const page = await start(doing === 'capture' ? '/add?way=paste' : '/add?way=file')
    await expectAll(page)
    if (doing === 'drain') {
      const before = acknowledged.answers.size
      const wanted = before + 1 + Math.floor(chance(round) * 30)
      // A phone that lives so many lives in a minute asks more than a gateway takes of one: it may have been told to wait, and does, over its death.
      const { answers } = await until(() => keptIn(page), (now) => now.answers.length >= wanted, longestHold) // prettier-ignore
      for (const id of answers) acknowledged.answers.add(id)
      expect(acknowledged.answers.size, 'nothing was answered').toBeGreaterThan(before)
    } else {
      if (round === 0) await gateway.stop()
      const mine = asked.slice(round * lines, (round + 1) * lines)
      const files = Array.from({ length: drops }, (_, at) => 1 + round * drops + at)
      // Lines are taken in their order, and the page says how many; of files it says which.
      const told = await listen(page, doing === 'capture' ? /这次收了 (\d+) 张/ : /(\d+)\.xml收下/)
      if (doing === 'capture') {
        await page.getByRole('textbox', { name: entryZh.paste.label }).fill(mine.map(({ qr }) => qr).join('\n'))
        await page.getByRole('button', { name: entryZh.paste.go, exact: true }).tap()
      } else await drop(page, files.map(xmlFile)) // prettier-ignore
      const numbers = () =>
        doing === 'capture'
          ? mine.slice(0, Math.max(0, ...told().map(Number))).map(({ number }) => number)
          : told().map((file) => invoiceOf(Number(file)).number ?? '')
      const wanted = 1 + Math.floor(chance(round) * 0.75 * (doing === 'capture' ? lines : drops))
      await until(numbers, ({ length }) => length >= wanted, 60) // prettier-ignore
      for (const number of numbers()) acknowledged.invoices.add(number)
      expect(numbers().length, `${doing} told nothing`).toBeGreaterThan(0)
    }
    await kill()
    counts[doing] += 1
    if (doing === 'drain') await gateway.stop()
  }

  const page = await start()
  await expectAll(page)
  await (device as Device | null)?.close()
  console.log(
    `R4: seed ${seed}, killed ${kills} times (${counts.capture} capturing, ${counts.import} importing, ${counts.drain} draining): ` +
      `${acknowledged.invoices.size} invoices and ${acknowledged.answers.size} answers acknowledged, 0 lost`,
  )
})
