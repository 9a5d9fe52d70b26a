import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { rowsIn } from '../../e2e/support/files.ts'

/** Keeps every file in a strict transaction of its own, on a page that does nothing else. */
export async function keepPlainly(page: Page, url: string, files: readonly string[]): Promise<{ readonly seconds: number }> {
  await page.goto(`${url}/no-such-page`)
  await page.evaluate(() => {
    const field = document.createElement('input')
    Object.assign(field, { type: 'file', multiple: true })
    document.body.replaceChildren(field)
  })
  await page.locator('input').setInputFiles([...files])
  const milliseconds = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('plain', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('files', { keyPath: 'name' })
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const began = performance.now()
    for (const file of document.querySelector('input')?.files ?? []) {
      const bytes = await file.arrayBuffer()
      await new Promise<void>((resolve, reject) => {
        const transaction = db.transaction('files', 'readwrite', { durability: 'strict' })
        transaction.objectStore('files').put({ name: file.name, bytes })
        transaction.oncomplete = () => resolve()
        transaction.onerror = () => reject(transaction.error)
      })
    }
    const took = performance.now() - began
    db.close()
    indexedDB.deleteDatabase('plain')
    return took
  })
  await page.close()
  return { seconds: milliseconds / 1000 }
}

/** What an import took. `peak`: bytes of memory by which all processes of the browser together grew at most. Times of tasks in milliseconds. */
interface Imported {
  readonly seconds: number
  readonly peak: number
  readonly longestTask: number
  readonly tasks: number
  readonly invoices: number
  readonly waiting: number
}

/** Chooses all files at once in the app and waits until none of them is under way any more. */
export async function importAll(
  page: Page,
  profile: string,
  files: readonly string[],
  progress: (line: string) => void,
): Promise<Imported> {
  await page.locator('input[type=file]').setInputFiles([])
  await page.evaluate(() => {
    const tasks: number[] = []
    Object.assign(window, { tasks })
    // Of ten thousand paths the browser itself makes files in one task, on an empty page too: ours are those after it.
    let chosen = Infinity
    addEventListener('change', () => (chosen = performance.now()), { capture: true, once: true })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) if (startTime > chosen) tasks.push(duration)
    }).observe({ type: 'longtask' })
  })
  const before = memoryOf(profile)
  let peak = 0
  const began = performance.now()
  await page.locator('input[type=file]').setInputFiles([...files])
  await page.locator('progress').waitFor()
  for (let round = 0; (await page.locator('progress').count()) > 0; round++) {
    peak = Math.max(peak, memoryOf(profile) - before)
    if (round % 10 === 0)
      progress(
        `${
          (await page
            .locator('.files-now [role=status]')
            .textContent({ timeout: 1000 })
            .catch(() => null)) ?? ''
        }, ${Math.round(peak / 2 ** 20)} MiB at most`,
      )
    await page.waitForTimeout(500)
  }
  const seconds = (performance.now() - began) / 1000
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks)
  const { invoices, waiting } = await rowsIn(page)
  return { seconds, peak, longestTask: Math.max(0, ...tasks), tasks: tasks.length, invoices, waiting }
}

/** Bytes that the processes of this profile hold for themselves (their share of what they have in common included). */
function memoryOf(profile: string): number {
  let kilobytes = 0
  const own = new Set<string>()
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const stat = (pid: string) => quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? ''
  const isRoot = (pid: string) => (quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').includes(`--user-data-dir=${profile}`)
  const parents = new Map(pids.map((pid) => [pid, stat(pid).split(') ').at(-1)?.split(' ')[1] ?? '0']))
  const belongs = (pid: string): boolean =>
    own.has(pid) || (pid !== '0' && pid !== '1' && (isRoot(pid) || belongs(parents.get(pid) ?? '0')))
  for (const pid of pids) {
    if (!belongs(pid)) continue
    own.add(pid)
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(quietly(() => readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? '')?.[1] ?? 0)
  }
  return kilobytes * 1024
}

/** Null for a process that ended meanwhile. */
function quietly<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
