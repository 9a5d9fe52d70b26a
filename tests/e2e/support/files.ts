import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { Invoice } from '../../../src/domain/index.ts'
import { makeOfd, makeZip, qrPng } from '../../fixtures/ofd/index.ts'
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
export const zipFile = (name: string, files: readonly MadeFile[]): MadeFile => ({
  name,
  bytes: makeZip(files.map((file) => ({ name: file.name, data: file.bytes }))),
})
/** The file as a download that broke off left it. */
export const brokenFile = (file: MadeFile): MadeFile => ({ name: `half-${file.name}`, bytes: file.bytes.slice(0, file.bytes.length / 2) })
/** For Playwright's own file fields. */
export const payloads = (files: readonly MadeFile[]) => files.map(({ name, bytes }) => ({ name, mimeType: '', buffer: Buffer.from(bytes) }))

/** Lets the files go over the page, as from a folder window. */
export async function drop(page: Page, files: readonly MadeFile[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }))
  await page.evaluate((all) => {
    const dataTransfer = new DataTransfer()
    for (const { name, base64 } of all) {
      dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name))
    }
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
  }, given)
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
