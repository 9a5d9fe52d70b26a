/** Reads the file whose path is given, in this process alone: milliseconds of processor time and bytes of memory on stdout. */
import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { makeOfd, qrPng } from '../../fixtures/ofd/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { makePdf } from '../../fixtures/pdf/index.ts'
import { digitalXml, madeInvoice } from '../../fixtures/xml/index.ts'
import { readPictures } from '../../formats/pdf/pictures.ts'

const bytes = new Uint8Array(readFileSync(process.argv[2]!))

// Whoever opens files has opened others before: the readers and the QR engine are there.
const invoice = madeInvoice('vat-e-ordinary')
const usual = [
  makeOfd({ page: invoice, customData: invoice, pictures: [{ name: 'qr.png', bytes: qrPng('01,') }] }),
  makePdf([{ invoices: [pdfInvoice('digital-special')] }]),
  new TextEncoder().encode(digitalXml(madeInvoice('digital-special'))),
]
for (let round = 0; round < 5; round++) for (const one of usual) await readFile(one, { readPictures })

globalThis.gc?.()
const before = peak(true)
const start = process.cpuUsage()
await readFile(bytes, { readPictures, now: () => performance.now() })
const { user, system } = process.cpuUsage(start)
console.log(JSON.stringify({ ms: (user + system) / 1000, bytes: peak(false) - before }))

/** The most memory this process has held, in bytes; forgotten and begun anew on request, where the system can (Linux). */
function peak(anew: boolean): number {
  try {
    if (anew) writeFileSync('/proc/self/clear_refs', '5')
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1])
  } catch {
    return 1024 * process.resourceUsage().maxRSS
  }
}
