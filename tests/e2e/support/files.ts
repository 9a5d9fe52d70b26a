import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Invoice } from '../../../src/domain/index.ts'
import { makeOfd, makeZip, qrPng } from '../../fixtures/ofd/index.ts'
import { makePdf } from '../../fixtures/pdf/index.ts'
import { digitalXml, eInvoiceXml, madeInvoice, qrPayload } from '../../fixtures/xml/index.ts'

/** A generated file as a person would have it. */
export interface MadeFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export const invoiceOf = (seed: number): Invoice => madeInvoice('digital-ordinary', { seed })
export const ofdFile = (seed: number): MadeFile => ({
  name: `${seed}.ofd`,
  bytes: makeOfd({ attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(invoiceOf(seed)) } }),
})
export const xmlFile = (seed: number): MadeFile => ({ name: `${seed}.xml`, bytes: new TextEncoder().encode(digitalXml(invoiceOf(seed))) })
export const pictureFile = (seed: number): MadeFile => ({ name: `${seed}.png`, bytes: qrPng(qrPayload(invoiceOf(seed))) })
export const pdfFile = (seed: number): MadeFile => ({ name: `${seed}.pdf`, bytes: makePdf([{ invoices: [invoiceOf(seed)] }]) })
export const zipFile = (name: string, files: readonly MadeFile[]): MadeFile => ({
  name,
  bytes: makeZip(files.map((file) => ({ name: file.name, data: file.bytes }))),
})
/** The file as a download that broke off left it. */
export const brokenFile = (file: MadeFile): MadeFile => ({ name: `half-${file.name}`, bytes: file.bytes.slice(0, file.bytes.length / 2) })
/** How a choice of {@link mixedFiles} ends: invoices in the wallet, files kept, files that need a look. */
export const mixedEnd = { invoices: 480, originals: 486, look: 16 } as const

/** Five hundred files as a year of mail holds them: every format, the same ones again, broken, foreign and hostile ones, in no order. */
export function mixedFiles(): readonly MadeFile[] {
  const some = <T>(first: number, last: number, make: (seed: number) => T) =>
    Array.from({ length: last - first + 1 }, (_, at) => make(first + at))
  const encode = (text: string) => new TextEncoder().encode(text)
  const files = [
    ...some(1, 220, ofdFile),
    ...some(221, 380, xmlFile),
    ...some(381, 400, pdfFile),
    ...some(401, 440, pictureFile),
    ...some(1, 20, (at) => zipFile(`mail-${at}.zip`, [xmlFile(439 + 2 * at), ofdFile(440 + 2 * at)])),
    // In another form, and under another name.
    ...some(1, 10, xmlFile),
    ...some(11, 20, (seed) => ({ ...ofdFile(seed), name: `copy-${seed}.ofd` })),
    ...some(501, 508, (seed) => brokenFile(xmlFile(seed))),
    ...some(1, 4, (at) => ({ name: `bomb-${at}.xml`, bytes: encode(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${at}">]><a>&b;</a>`) })),
    ...some(1, 4, (at) => ({ name: `film-${at}.mp4`, bytes: new Uint8Array(5000).fill(7 + at) })),
    ...some(1, 4, (at) => ({ name: `empty-${at}.pdf`, bytes: new Uint8Array() })),
  ]
  // 211 shares no factor with 500: each comes once.
  return files.map((_, at) => files[(at * 211) % files.length] as MadeFile)
}

/** For Playwright's own file fields. */
export const payloads = (files: readonly MadeFile[]) => files.map(({ name, bytes }) => ({ name, mimeType: '', buffer: Buffer.from(bytes) }))

/** Lets the files go over the page, as from a folder window, once the page shows that it takes them. */
export async function drop(page: Page, files: readonly MadeFile[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  await page.evaluate(async (all) => {
    const dataTransfer = new DataTransfer()
    for (const { name, base64 } of all) {
      dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name))
    }
    const send = (type: string) => document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    // Nobody listens yet in the first moments of a page.
    while (send('dragover')) await new Promise((resolve) => setTimeout(resolve, 50))
    send('drop')
  }, given)
}

/** Gives the page files in hand, for {@link letGo}: making them is no work of the app. They lie in `folder`, as a person's files do on a disk. */
export async function stage(page: Page, folder: string, files: readonly MadeFile[]): Promise<void> {
  const paths = files.map(({ name, bytes }, at) => {
    const path = join(folder, String(at), name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return path
  })
  await page.evaluate(() =>
    document.body.append(Object.assign(document.createElement('input'), { id: 'stage', type: 'file', multiple: true })),
  )
  const field = page.locator('#stage')
  await field.setInputFiles(paths)
  await field.evaluate((input: HTMLInputElement) => {
    const inHand = new DataTransfer()
    for (const file of input.files ?? []) inHand.items.add(file)
    Object.assign(window, { inHand })
    input.remove()
  })
}

/** Lets the staged files go over the page. */
async function letGo(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = (window as unknown as { inHand: DataTransfer }).inHand
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
  })
}

/** Lets staged files go and waits until none is under way any more. */
export async function dropAll(page: Page): Promise<void> {
  await letGo(page)
  await page.locator('progress').waitFor()
  await page.waitForFunction(() => document.querySelector('progress') === null, undefined, { timeout: 180_000, polling: 100 })
}

/** The files that wait for a look, each with the first reason, read past the app. */
export function unreadIn(page: Page): Promise<{ readonly name: string; readonly code: string }[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('piaozai-wallet'))
    const rows = (await done(db.transaction('files').objectStore('files').getAll())) as { name: string; problems?: { code: string }[] }[]
    db.close()
    return rows.map(({ name, problems }) => ({ name, code: problems?.[0]?.code ?? '' }))
  })
}

/** How many rows the wallet's tables have, read past the app. */
export function rowsIn(page: Page): Promise<Record<'invoices' | 'originals' | 'files', number> & { readonly waiting: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('piaozai-wallet'))
    const count = (name: string) => done(db.transaction(name).objectStore(name).count())
    const files = (await done(db.transaction('files').objectStore('files').getAll())) as { state: string }[]
    const rows = { invoices: await count('invoices'), originals: await count('originals') }
    db.close()
    return { ...rows, files: files.length, waiting: files.filter(({ state }) => state === 'waiting').length }
  })
}

/** The numbers of the invoices in the wallet's tables, the ids of the answers, and how many questions are open. */
export function keptIn(page: Page): Promise<{ readonly numbers: string[]; readonly answers: string[]; readonly open: number }> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('piaozai-wallet'))
    const rows = <T>(name: string) => done(db.transaction(name).objectStore(name).getAll() as IDBRequest<T[]>)
    const invoices = await rows<{ invoice: { number: string } }>('invoices')
    const answers = await rows<{ id: string }>('answers')
    const open = (await rows('outbox')).length
    db.close()
    return { numbers: invoices.map(({ invoice }) => invoice.number), answers: answers.map(({ id }) => id), open }
  })
}

/** `kill -9` for the browser of this profile, as the system does for want of memory. */
export function killBrowser(profile: string): void {
  const isOurs = (pid: string) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return words.includes(`--user-data-dir=${profile}`) && !words.some((word) => word.startsWith('--type='))
    } catch {
      return false
    }
  }
  const found = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOurs(name))
  if (found.length === 0) throw new Error(`no browser runs with ${profile}`)
  for (const pid of found) process.kill(Number(pid), 'SIGKILL')
}
