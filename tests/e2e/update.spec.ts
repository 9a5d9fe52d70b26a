import { join } from 'node:path'
import { shellZh } from '../../src/app/locales/zh-CN/shell.ts'
import { installed, openDevice } from './support/device.ts'
import { createGateway } from './support/gateway.ts'
import { copyOfDist, releaseNext } from './support/next-version.ts'
import { expect, test } from './support/test.ts'
import { until } from './support/time.ts'

/** The hashed files the browser holds for the app. */
const stored = async () => {
  const names = await caches.keys()
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
  return keys.flat().map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/assets/')) // prettier-ignore
}
const isNext = (path: string) => /-N\d{7}\./.test(path)

test('a new version waits for a tap, and an old tab keeps its form and its chunks', async ({ folder, authority }) => {
  const dist = copyOfDist(folder)
  const gateway = await createGateway({ data: join(folder, 'data'), dist, authority })
  await gateway.start()
  const phone = await openDevice({ profile: join(folder, 'profile') })
  try {
    const tab = await phone.open(gateway.url)
    await installed(tab)
    const oldTab = await phone.context.newPage()
    await oldTab.goto(`${gateway.url}/query`)
    const field = oldTab.getByRole('textbox').first()
    await field.fill('2500200000000')
    const typed = await field.inputValue()

    releaseNext(dist)
    await gateway.stop()
    await gateway.start()
    await tab.evaluate(async () => (await navigator.serviceWorker.ready).update())

    // It is stored beside the old one and waits.
    const prompt = tab.getByRole('button', { name: shellZh.updateNow })
    await expect(prompt).toBeVisible({ timeout: 30_000 })
    await expect(tab.locator('script[type=module]')).not.toHaveAttribute('src', /-N\d{7}\./)

    await prompt.tap()
    await expect(tab.locator('script[type=module]')).toHaveAttribute('src', /-N\d{7}\./, { timeout: 30_000 })

    // The other tab was not touched, and goes on to a page whose chunk it never loaded, although no gateway has it any more.
    await gateway.stop()
    await expect(field).toHaveValue(typed)
    await oldTab.getByRole('link', { name: shellZh.tabs.settings }).tap()
    await expect(oldTab.getByRole('heading', { level: 1, name: shellZh.tabs.settings })).toBeVisible()
    expect((await tab.evaluate(stored)).some((path) => !isNext(path))).toBe(true)

    // Once no tab runs the old version, its files go.
    await gateway.start()
    await oldTab.close()
    await tab.reload()
    const left = await until(
      () => tab.evaluate(stored),
      (paths) => paths.every(isNext),
      30,
    )
    expect(left.filter((path) => !isNext(path))).toEqual([])
    expect(left.length).toBeGreaterThan(5)
    expect(phone.complaints()).toEqual([])
  } finally {
    await phone.close()
    await gateway.stop()
  }
})

test('another policy at the gateway makes the stored pages new ones', async ({ folder, authority }) => {
  const withChannel = (channel: string) => createGateway({ data: join(folder, 'data'), authority, env: { PIAOZAI_CHANNELS: channel } })
  const revisions = async (channel: string) => {
    const gateway = await withChannel(channel)
    await gateway.start()
    const worker = await (await fetch(`${gateway.url}/sw.js`)).text()
    await gateway.stop()
    return /"revision":\s*"([^"]+)",\s*"url":\s*"index\.html"/.exec(worker)?.[1]
  }
  const before = await revisions('https://a.example')
  expect(before).toMatch(/^[0-9a-f]{44}$/)
  expect(await revisions('https://a.example')).toBe(before)
  expect(await revisions('https://b.example')).not.toBe(before)
})
