import type { Trust } from '../../../src/authenticity/index.ts'
import { makeZip, ofdEntries } from '../../fixtures/ofd/index.ts'
import { people, sealed, trustIn } from '../../fixtures/seal/index.ts'
import { eInvoiceXml, madeInvoice } from '../../fixtures/xml/index.ts'

/** A sealed OFD that is trusted. */
export interface SealedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Made invoices with every route an OFD has, sealed in each form that invoices come in; their seals' signers and makers lead to `trust`. */
export function sealedFiles(): { readonly files: readonly SealedFile[]; readonly trust: Trust } {
  const all = people()
  const files = (['ses-1', 'ses-4', 'ses-5'] as const).flatMap((form) =>
    [1, 8].map((lines) => {
      const invoice = madeInvoice('vat-e-ordinary', { lines })
      const attachment = { name: 'original_invoice.xml', xml: eInvoiceXml(invoice) }
      const entries = ofdEntries({ page: invoice, customData: invoice, tags: { layout: 'eInvoice' }, attachment })
      return { name: `${form}, ${lines} lines`, bytes: makeZip(sealed(entries, { form, signer: all.signer, maker: all.maker })) }
    }),
  )
  return { files, trust: trustIn(all) }
}
