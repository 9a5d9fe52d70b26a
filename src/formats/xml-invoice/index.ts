import type { Draft, Origin, Problem } from '../../domain/index.ts'
import { combine, toReading, type Reading } from '../fields/index.ts'
import { readQr } from '../qr/index.ts'
import type { XmlElement } from '../xml/index.ts'
import { findInvoices, readDialect } from './dialects.ts'

export { collect } from './collect.ts'
export { chineseNames, eInvoiceNames } from './names.ts'

/** One invoice of an XML file, not yet held against other routes. `qr` is the text of its QR where the file carries it. */
export interface XmlReading {
  readonly reading: Reading
  readonly qr: string | null
}

/** Every invoice in an XML tree, whatever its dialect; empty when it is no invoice. */
export function readXmlInvoices(root: XmlElement, origin: Origin): XmlReading[] {
  const found = findInvoices(root)
  if (!found) return []
  return found.elements.map((element) => {
    const { raw, problems } = readDialect(element, found.dialect)
    const reading = toReading(raw, origin)
    return { reading: { ...reading, problems: [...reading.problems, ...problems] }, qr: raw.qr ?? null }
  })
}

/** The drafts of an XML file that stands by itself. */
export function readXmlFile(root: XmlElement): { readonly drafts: readonly Draft[]; readonly problems: readonly Problem[] } {
  const drafts = readXmlInvoices(root, 'xml').map(({ reading, qr }) => {
    const draft = qr === null ? null : readQr(qr)
    return combine([reading], draft ? [draft] : [])
  })
  const read = drafts.filter((draft) => draft !== null)
  return { drafts: read, problems: read.length > 0 ? [] : [{ code: 'no-invoice', message: 'The XML holds no invoice' }] }
}
