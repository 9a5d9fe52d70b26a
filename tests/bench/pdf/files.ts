import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockForms, makeLock, makePdf, type MadePage, type QrForm } from '../../fixtures/pdf/index.ts'
import { pdfInvoice, pdfKinds } from '../../fixtures/pdf/invoices.ts'
import { madeInvoice } from '../../fixtures/xml/index.ts'

/** A PDF to be read. */
export interface PdfSample {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Made PDFs of every kind and sort, and the sample files where they are. A sample's name stays where it is. */
export function pdfSamples(): PdfSample[] {
  const digital = pdfInvoice('digital-special')
  const qrs: QrForm[] = ['jpeg', 'squares', 'strokes', 'fax-g4', 'jbig2']
  const list = { ...madeInvoice('digital-ordinary', { lines: 8, seed: 3 }), remark: null }
  const many: MadePage[] = Array.from({ length: 29 }, (_, index) => ({ invoices: [pdfInvoice('digital-ordinary', index + 1)] }))
  const made = [
    ...pdfKinds.map((kind) => ({
      name: kind,
      bytes: makePdf([{ invoices: [pdfInvoice(kind)], qr: kind === 'fiscal' ? 'none' : 'bits' }]),
    })),
    ...qrs.map((qr) => ({ name: `QR as ${qr}`, bytes: makePdf([{ invoices: [digital], qr }], { form: 'stream' }) })),
    { name: 'eight lines, every character by itself', bytes: makePdf([{ invoices: [list] }], { glyphs: true }) },
    { name: 'encrypted', bytes: makePdf([{ invoices: [digital] }], { lock: makeLock(lockForms.at(-1) ?? 'aes-128') }) },
    { name: '29 invoices', bytes: makePdf(many) },
  ]
  const folder = join(process.env.PIAOZAI_SAMPLES ?? join(import.meta.dirname, '../../../../shared/samples'), 'pdf')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.pdf')) : []
  if (names.length === 0) console.error('No sample files at PIAOZAI_SAMPLES: only made ones are measured')
  return [
    ...made.map(({ name, bytes }) => ({ name: `made, ${name}`, bytes })),
    ...names.map((name, index) => ({ name: `sample ${index + 1}`, bytes: new Uint8Array(readFileSync(join(folder, name))) })),
  ]
}
