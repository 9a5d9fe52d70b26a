import { join } from 'node:path'
import { hostileFiles } from '../fixtures/hostile/index.ts'
import { installed } from './support/device.ts'
import { dropAll, rowsIn, stage, unreadIn, xmlFile, type MadeFile } from './support/files.ts'
import { boundOn, longestTask } from './support/main-thread.ts'
import { expect, test } from './support/test.ts'

/** A name for a disk. */
const nameOf = (what: string) => `${what.replaceAll('/', '-')}.bin`

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
