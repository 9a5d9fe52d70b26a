import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { budgetOf } from '../../../src/formats/file/budget.ts'
import { ofdLimits, openPackage, type Entry } from '../../../src/formats/package/index.ts'
import { makeOfd } from '../../fixtures/ofd/index.ts'
import { eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'

/** An OFD, and the attachment in it that says everything; null when it has none. */
export interface Document {
  readonly name: string
  readonly bytes: Uint8Array
  readonly attachment: Entry | null
}

const attached = /original_invoice\.xml$|_(?:issuer|receiver)[^/]*\.xml$|\.xbrl$/i

/** Made invoices of one, eight and a hundred goods lines with every route an OFD has, and the sample files where they are. */
export function documents(): Document[] {
  const made = [1, 8, 100].map((lines) => {
    const invoice = madeInvoice('vat-e-ordinary', { lines })
    const attachment = { name: 'original_invoice.xml', xml: eInvoiceXml(invoice) }
    return {
      name: `made, ${lines} lines`,
      bytes: makeOfd({ page: invoice, customData: invoice, tags: { layout: 'eInvoice' }, attachment }),
    }
  })
  const folder = join(process.env.PIAOZAI_SAMPLES ?? join(import.meta.dirname, '../../../../shared/samples'), 'ofd')
  const samples = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ofd')) : []
  if (samples.length === 0) console.error('No sample files at PIAOZAI_SAMPLES: only made ones are measured')
  // A sample's name stays where it is.
  const real = samples.map((name, index) => ({ name: `sample ${index + 1}`, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
  return [...made, ...real].map((one) => ({
    ...one,
    attachment: openPackage(one.bytes, ofdLimits, budgetOf({})).entries.find(({ name }) => attached.test(name)) ?? null,
  }))
}
