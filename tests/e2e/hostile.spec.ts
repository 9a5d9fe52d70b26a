import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { hostileFiles } from '../fixtures/hostile/index.ts'
import { installed } from './support/device.ts'
import { letGo, rowsIn, stage, unreadIn, xmlFile, type MadeFile } from './support/files.ts'
import { longestTask, yardstick } from './support/main-thread.ts'
import { expect, test } from './support/test.ts'

/** Milliseconds that a task of the page may take. */
const longest = 50

/**
 * What a task of the page may take on this machine, in milliseconds of its processor. Where 50 ms were promised, writing 5 MB from the page
 * takes about twice as long ({@link yardstick}); where that takes longer, so may everything. So the bound follows the machine, and work
 * of that kind that moves back onto the page stands above it on any.
 */
const boundOn = async (page: Page) => Math.max(longest, (await yardstick(page)) / 2)

/** A name for a disk. */
const nameOf = (what: string) => `${what.replaceAll('/', '-')}.bin`

/** Drops staged files and waits until none is under way any more. */
async function dropAll(page: Page): Promise<void> {
  await letGo(page)
  await page.locator('progress').waitFor()
  await expect(page.locator('progress')).toHaveCount(0, { timeout: 180_000 })
}

test('hostile files are refused each for its reason, or read; the invoices among them come in, and the page stands still for none', async ({
  folder,
  gateway,
  device,
}) => {
  test.setTimeout(300_000)
  const phone = await device()
  const page = await phone.open(gateway.url)
  await installed(page)
  await gateway.stop()
  const all = hostileFiles.map(({ what, bytes }): MadeFile => ({ name: nameOf(what), bytes: bytes() }))
  const largest = all.toSorted((a, b) => b.bytes.length - a.bytes.length).slice(0, 3)
  const corpus = [...all.filter(({ bytes }) => bytes.length < 1_000_000), ...largest]
  const invoices = [xmlFile(1), xmlFile(2)] as const
  await stage(page, join(folder, 'files'), [invoices[0], ...corpus, invoices[1]])
  const bound = await boundOn(page)
  const took = await longestTask(page, () => dropAll(page))
  console.log(`${corpus.length} hostile files: longest task of the page ${took.toFixed(1)} of ${bound.toFixed(1)} ms of processor time`)

  // Every file has its reason, and none of them is that it hung the reader or took it down.
  expect(await rowsIn(page)).toMatchObject({ waiting: 0 })
  const unread = await unreadIn(page)
  expect(unread.filter(({ code }) => ['', 'aborted', 'deadline', 'reader-crashed'].includes(code))).toEqual([])
  const codeOf = (name: string) => unread.find((one) => one.name === name)?.code
  // What is read all the same is an OFD with an invoice in it.
  expect(corpus.filter(({ name }) => codeOf(name) === undefined && !name.startsWith('OFD: '))).toEqual([])
  expect(invoices.map(({ name }) => codeOf(name))).toEqual([undefined, undefined])
  expect(took).toBeLessThan(bound)
  await gateway.start()
})
