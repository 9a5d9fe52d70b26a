import { examine } from '../../../src/authenticity/index.ts'
import type { Invoice } from '../../../src/domain/index.ts'
import { makeZip, ofdEntries, qrPng, type ZipEntry } from '../../fixtures/ofd/index.ts'
import { people, sealed, trustIn, type Signing } from '../../fixtures/seal/index.ts'
import { eInvoiceXml, madeInvoice, qrPayload } from '../../fixtures/xml/index.ts'

export const all = people()
export const trust = trustIn(all)
export const invoice = madeInvoice('vat-e-ordinary', { lines: 2 })

/** The parts of an invoice that says everything on every route. */
export function parts(of: Invoice = invoice): ZipEntry[] {
  return ofdEntries({
    page: of,
    customData: of,
    tags: { layout: 'eInvoice' },
    attachment: { name: 'original_invoice.xml', xml: eInvoiceXml(of) },
    pictures: [{ name: 'qr.png', bytes: qrPng(qrPayload(of)) }],
  })
}

/** Signed by the signer of the trust list, unless it says otherwise. */
export const good: Signing = { signer: all.signer, maker: all.maker }

export function sealedParts(signing: Partial<Signing> = {}): ZipEntry[] {
  return sealed(parts(), { ...good, ...signing })
}

/** Changes the entry whose name ends so. */
export function edit(entries: readonly ZipEntry[], name: string, change: (data: string) => string): ZipEntry[] {
  if (!entries.some((one) => String(one.name).endsWith(name))) throw new RangeError(`there is no ${name}`)
  return entries.map((one) => {
    if (!String(one.name).endsWith(name)) return one
    const data = change(typeof one.data === 'string' ? one.data : Buffer.from(one.data).toString('latin1'))
    if (typeof one.data === 'string' ? data === one.data : data === Buffer.from(one.data).toString('latin1'))
      throw new RangeError('nothing was changed')
    return { ...one, data: typeof one.data === 'string' ? data : Uint8Array.from(Buffer.from(data, 'latin1')) }
  })
}

export const without = (entries: readonly ZipEntry[], pattern: RegExp) => entries.filter(({ name }) => !pattern.test(String(name)))

export const look = (entries: readonly ZipEntry[], by = trust) => examine(makeZip(entries), { trust: by })

export async function verdictOf(entries: readonly ZipEntry[], by = trust): Promise<string | undefined> {
  return (await look(entries, by)).seal?.verdict
}
