import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesZh } from '../../src/app/locales/zh-CN/files.ts'
import { outboxZh } from '../../src/app/locales/zh-CN/outbox.ts'
import { installed, openDevice } from './support/device.ts'
import {
  brokenFile,
  drop,
  keptIn,
  killBrowser,
  mixedEnd,
  mixedFiles,
  ofdFile,
  payloads,
  pictureFile,
  rowsIn,
  xmlFile,
  zipFile,
} from './support/files.ts'
import { expect, test } from './support/test.ts'

const count = (length: number, first = 1) => Array.from({ length }, (_, at) => first + at)

test('thirty files of all kinds are dropped with no network: each comes in, or says why not and can be had back', async ({
  gateway,
  device,
}) => {
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await gateway.stop()

  const files = [
    ...count(10).map(ofdFile),
    ...count(8, 11).map(xmlFile),
    ...count(3, 19).map(pictureFile),
    zipFile('mail.zip', [xmlFile(22), ofdFile(23), brokenFile(ofdFile(24))]),
    // The same invoices once more, in another form; the same file once more.
    xmlFile(1),
    { ...ofdFile(2), name: 'copy.ofd' },
    brokenFile(ofdFile(25)),
    brokenFile(zipFile('half.zip', [xmlFile(26)])),
    { name: 'bomb.xml', bytes: new TextEncoder().encode('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>') },
    { name: 'film.mp4', bytes: new Uint8Array(5000).fill(7) },
    { name: '照片.png', bytes: pictureFile(1).bytes.slice(0, 200) },
    { name: 'empty.pdf', bytes: new Uint8Array() },
  ]
  expect(files).toHaveLength(30)
  await drop(page, files)
  await expect(page).toHaveURL(/\/add\?way=file$/)
  const { added, merged, same, look, refused } = filesZh.sum
  const sum = [added(23), merged(1), same(1), look(6), refused(1)].join(' · ')
  await expect(page.getByText(sum)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(filesZh.inside('half-24.ofd', filesZh.why['package-broken'] ?? '')).first()).toBeVisible()
  await expect(page.getByText(filesZh.why['xml-doctype'] ?? '').first()).toBeVisible()
  await expect(page.getByText(filesZh.why['format-unknown'] ?? '').first()).toBeVisible()
  expect(await rowsIn(page)).toEqual({ invoices: 23, originals: 28, files: 6, waiting: 0 })

  // The original comes back byte for byte.
  await page.getByRole('link', { name: '3.ofd', exact: true }).tap()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: filesZh.takeOutAloud('3.ofd') }).tap(),
  ])
  expect(download.suggestedFilename()).toBe('3.ofd')
  expect(new Uint8Array(readFileSync(await download.path()))).toEqual(ofdFile(3).bytes)

  // Nothing of it is gone after a restart of the page, and 待办 knows what needs a look.
  await page.goto(`${gateway.url}/outbox`)
  await expect(page.getByRole('link', { name: `${outboxZh.fill}：half-25.ofd` })).toBeVisible()
  await gateway.start()
})

test('five hundred mixed files in one drop: stopped in the middle, read on, killed in the middle, and all of them there at the end', async ({
  folder,
  gateway,
  device,
}) => {
  test.setTimeout(480_000)
  const profile = join(folder, 'profile')
  const killed = await openDevice({ profile })
  const page = await killed.open(gateway.url)
  await installed(page)
  await gateway.stop()
  const invoices = async () => (await rowsIn(page)).invoices
  await drop(page, mixedFiles())
  await expect(page.getByRole('status').filter({ hasText: /正在[存读]第 \d+ 个，共 500 个/ })).toBeVisible()

  // What was read stays, what was not is named and can be read on in one tap.
  await expect.poll(invoices, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(40)
  await page.getByRole('button', { name: filesZh.stop, exact: true }).tap()
  await expect(page.locator('progress')).toHaveCount(0, { timeout: 30_000 })
  const stopped = await rowsIn(page)
  expect(stopped).toMatchObject({ originals: mixedEnd.originals, waiting: 0 })
  expect(stopped.invoices).toBeLessThan(mixedEnd.invoices)
  await expect(page.getByText(filesZh.sum.refused(4))).toBeVisible()
  const on = page.getByRole('button', { name: /^接着读停下的 \d+ 个$/ })
  await expect(on).toBeVisible()
  await on.tap()

  await expect.poll(invoices, { timeout: 60_000, intervals: [20] }).toBeGreaterThan(stopped.invoices + 60)
  const before = await keptIn(page)
  killBrowser(profile)
  await killed.close().catch(() => undefined)
  console.log(`stopped at ${stopped.invoices}, killed at ${before.numbers.length} of ${mixedEnd.invoices} invoices`)
  expect(before.numbers.length).toBeLessThan(mixedEnd.invoices)

  const phone = await device({ profile })
  const again = await phone.open(`${gateway.url}/add?way=file`)
  const { numbers } = await keptIn(again)
  expect(before.numbers.filter((number) => !numbers.includes(number))).toEqual([])
  await expect.poll(async () => (await rowsIn(again)).waiting, { timeout: 240_000 }).toBe(0)
  expect(await rowsIn(again)).toEqual({ invoices: mixedEnd.invoices, originals: mixedEnd.originals, files: mixedEnd.look, waiting: 0 })
  await gateway.start()
})

test('what is shared to the app is kept by the worker alone, and read by the page it opens', async ({ gateway, device }) => {
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await gateway.stop()

  // As the system does it: a posted form that leads to the app.
  const share = async (fields: string, files: Parameters<typeof payloads>[0]) => {
    await page.goto('about:blank')
    await page.setContent(
      `<form method="post" enctype="multipart/form-data" action="${gateway.url}/share">${fields}<button>share</button></form>`,
    )
    if (files.length > 0) await page.locator('input[type=file]').setInputFiles(payloads(files))
    await page.getByRole('button', { name: 'share' }).tap()
    await expect(page).toHaveURL(/\/add\?way=file$/)
  }
  await share('<input type="file" name="files" multiple>', [ofdFile(1), xmlFile(2), brokenFile(ofdFile(3))])
  await expect(page.getByText([filesZh.sum.added(2), filesZh.sum.look(1)].join(' · '))).toBeVisible({ timeout: 30_000 })
  await share(`<textarea name="text">发票号码：26112000000001000004 开票日期：2026年01月05日 价税合计：¥12.00</textarea>`, [])
  await expect(page.getByText(filesZh.sum.added(1))).toBeVisible({ timeout: 30_000 })
  expect(await rowsIn(page)).toMatchObject({ invoices: 3, waiting: 0 })
  await gateway.start()
})

test('what is shared before the worker is there comes to no harm in silence: the page says to add it once more', async ({
  gateway,
  device,
}) => {
  const phone = await device({ serviceWorkers: 'block' })
  const page = await phone.open('about:blank')
  await page.setContent(
    `<form method="post" enctype="multipart/form-data" action="${gateway.url}/share"><input type="file" name="files" multiple><button>share</button></form>`,
  )
  const scan = { name: 'scan.pdf', bytes: new Uint8Array(5_000_000).fill(65) }
  await page.locator('input[type=file]').setInputFiles(payloads([ofdFile(1), scan]))
  await page.getByRole('button', { name: 'share' }).tap()
  await expect(page).toHaveURL(/\/add\?way=file&shared=lost$/)
  await expect(page.getByRole('alert')).toHaveText(filesZh.shareLost)
})

test('files that the system opens with the app come in', async ({ gateway, device }) => {
  const phone = await device()
  // The system's own hand-over cannot be had without an installed app: the queue is ours, the files are real.
  await phone.context.addInitScript(() => {
    let consume: ((launch: { files: { getFile(): Promise<File> }[] }) => void) | undefined
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer: (take: typeof consume) => (consume = take) } })
    Object.assign(window, {
      openWith(files: { name: string; text: string }[]) {
        if (consume === undefined) return false
        consume({ files: files.map(({ name, text }) => ({ getFile: async () => new File([text], name) })) })
        return true
      },
    })
  })
  const page = await phone.open(gateway.url)
  await installed(page)
  const given = [1, 2].map((seed) => ({ name: `${seed}.xml`, text: new TextDecoder().decode(xmlFile(seed).bytes) }))
  await expect
    .poll(() => page.evaluate((files) => (window as unknown as { openWith(files: object[]): boolean }).openWith(files), given))
    .toBe(true)
  await expect(page).toHaveURL(/\/add\?way=file$/)
  await expect(page.getByText(filesZh.sum.added(2))).toBeVisible({ timeout: 30_000 })
})

test('the manifest names the files and shares the app takes, as the app takes them', async ({ gateway }) => {
  const manifest = (await (await fetch(`${gateway.url}/manifest.webmanifest`)).json()) as {
    file_handlers?: { action: string; accept: Record<string, string[]> }[]
    share_target?: { action: string; method: string; enctype: string; params: { files: { name: string }[] } }
  }
  const extensions = manifest.file_handlers?.flatMap(({ accept }) => Object.values(accept).flat()) ?? []
  expect(extensions).toEqual(expect.arrayContaining(['.ofd', '.pdf', '.xml']))
  expect(manifest.share_target).toMatchObject({ action: '/share', method: 'POST', enctype: 'multipart/form-data' })
  expect(manifest.share_target?.params.files.map(({ name }) => name)).toEqual(['files'])
})
