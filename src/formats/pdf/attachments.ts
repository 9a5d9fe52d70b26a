import type { Problem } from '../../domain/index.ts'
import type { Budget } from '../file/budget.ts'
import { refusalOf } from '../file/refusal.ts'
import { sniff } from '../file/sniff.ts'
import { readXmlInvoices, type XmlReading } from '../xml-invoice/index.ts'
import { parseXml } from '../xml/index.ts'
import { asArray, asDict, Stream, type Dict, type PdfFile, type Value } from './object/index.ts'
import type { PdfPage } from './page/index.ts'

const maxDepth = 16
const most = 64

/** The invoices in embedded XML files (数电票 XML, XBRL); other attachments are of no interest, and no fault. */
export function readAttachments(
  file: PdfFile,
  pages: readonly PdfPage[],
  budget: Budget,
): { readonly readings: readonly XmlReading[]; readonly problems: readonly Problem[] } {
  const readings: XmlReading[] = []
  const problems: Problem[] = []
  for (const stream of embeddedFiles(file, pages)) {
    const { data } = file.data(stream)
    if (sniff(data) !== 'xml') continue
    try {
      readings.push(...readXmlInvoices(parseXml(data, budget), 'attachment'))
    } catch (error) {
      const { code, message } = refusalOf(error)
      if (code === 'aborted' || code === 'deadline') throw error
      problems.push({ code, message: `An embedded file: ${message}` })
    }
  }
  return { readings, problems }
}

/** Embedded files by the name tree, by associated files, and by annotations. */
function embeddedFiles(file: PdfFile, pages: readonly PdfPage[]): Set<Stream> {
  const root = asDict(file.resolve(file.trailer.get('Root')))
  const specs: Value[] = [...(asArray(file.get(root, 'AF')) ?? [])]
  const seen = new Set<Dict>()
  const visit = (node: Dict | null, depth: number) => {
    if (!node || seen.has(node) || depth > maxDepth || specs.length > most) return
    seen.add(node)
    const names = asArray(file.get(node, 'Names')) ?? []
    for (let at = 1; at < names.length; at += 2) specs.push(names[at] ?? null)
    for (const kid of (asArray(file.get(node, 'Kids')) ?? []).slice(0, most)) visit(asDict(file.resolve(kid)), depth + 1)
  }
  visit(asDict(file.get(asDict(file.get(root, 'Names')), 'EmbeddedFiles')), 0)
  for (const { dict } of pages) {
    for (const one of (asArray(file.get(dict, 'Annots')) ?? []).slice(0, most)) {
      const spec = file.get(asDict(file.resolve(one)), 'FS')
      if (spec !== null) specs.push(spec)
    }
  }
  const streams = specs.slice(0, most).map((spec) => {
    const embedded = asDict(file.get(asDict(file.resolve(spec)), 'EF'))
    return file.get(embedded, 'F', 'UF')
  })
  return new Set(streams.filter((stream) => stream instanceof Stream))
}
