/**
 * `piaozai bench import`: files (argument: how many, otherwise 10,000) through the file field of the built app into the wallet, in Chromium:
 * kept, read in the worker, judged, captured. Beside the plainest way to keep the same files: a page that puts the bytes of each into
 * IndexedDB in a strict transaction of its own, unread. Progress and a summary on stderr, one JSON line a figure on stdout.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importAll, keepPlainly } from './pages.ts'
import { writeFiles } from './files.ts'
import { createGateway } from '../../e2e/support/gateway.ts'
import { installed, openDevice } from '../../e2e/support/device.ts'

const count = Number(process.argv[2] ?? 10_000)
/** Milliseconds a task of the page may take; bytes the browser may grow by at its peak. */
const goals = { task: 50, memory: 600 * 2 ** 20 } as const

const folder = mkdtempSync(join(tmpdir(), 'piaozai-import-'))
const gateway = await createGateway({ data: join(folder, 'data') })
try {
  const files = writeFiles(join(folder, 'files'), count, (made) => console.error(`made ${made} of ${count} files`))
  await gateway.start()
  const device = await openDevice({ profile: join(folder, 'profile') })
  const page = await device.open(gateway.url)
  await installed(page)
  const plain = await keepPlainly(await device.context.newPage(), gateway.url, files)
  console.error(`kept plainly: ${Math.round(plain.seconds)} s`)
  await page.goto(`${gateway.url}/add?way=file`)
  const mine = await importAll(page, join(folder, 'profile'), files, (line) => console.error(line))
  await device.close()

  const tell = (metric: string, value: number, unit: string, baseline: { name: string; value: number }) => {
    const ratio = round3(value / baseline.value)
    console.log(JSON.stringify({ bench: 'import', metric, value: round3(value), unit, baseline, ratio, band: [ratio, ratio], rounds: 1 }))
    console.error(`${metric}: ${round3(value)} ${unit}, ${baseline.name} ${round3(baseline.value)} ${unit}, ratio ${ratio}`)
  }
  tell(`${count} files into invoices`, mine.seconds, 's', { name: 'the same files kept plainly, unread', value: round3(plain.seconds) })
  tell('peak growth of the browser', mine.peak, 'B', { name: 'goal', value: goals.memory })
  tell('longest task of the page', mine.longestTask, 'ms', { name: 'goal', value: goals.task })
  console.error(`${mine.tasks} tasks over ${goals.task} ms; ${mine.invoices} invoices of ${count} files, ${mine.waiting} still wait`)
  if (mine.invoices !== count || mine.waiting > 0 || mine.longestTask > goals.task || mine.peak > goals.memory) process.exitCode = 1
} finally {
  await gateway.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000
}
