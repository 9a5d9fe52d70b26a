import type { Problem } from '../../domain/index.ts'
import { toReading, type Reading } from '../fields/index.ts'
import { sniff } from '../file/sniff.ts'
import { joinSheets, readText } from '../page-text/index.ts'
import { chineseNames, readXmlInvoices } from '../xml-invoice/index.ts'
import { child } from '../xml/index.ts'
import { mostAttached, type OfdDocument } from './document.ts'
import type { Parts } from './parts.ts'
import { readTags } from './tags.ts'
import type { DocumentText } from './text.ts'

/** What the routes to the fields of one document give, most trustworthy first. */
export interface Routes {
  readonly attachments: readonly Reading[]
  readonly tags: readonly Reading[]
  readonly customData: readonly Reading[]
  /** One for every page that names an invoice. */
  readonly pages: readonly Reading[]
  /** All pages as those of one invoice; null when there is one only, or they do not go on from one to the next. */
  readonly joined: Reading | null
  /** QR texts that parts carry as text. */
  readonly qrTexts: readonly string[]
  /** QR pictures that parts carry as base64. */
  readonly qrPictures: readonly Uint8Array[]
  readonly problems: readonly Problem[]
}

/** Reads every route of a document, whatever the first of them gave: what two routes say is compared later. */
export function readRoutes(parts: Parts, document: OfdDocument, text: DocumentText): Routes {
  const problems: Problem[] = []
  let attached = readAttachments(parts, document.attachments)
  if (attached.length === 0) {
    attached = readAttachments(parts, parts.search(/(?:^|\/)original_invoice\.xml$|_(?:issuer|receiver)[^/]*\.xml$|\.xbrl$/i))
    if (attached.length > 0)
      problems.push({ code: 'reference-broken', message: 'The attached invoice is in the package, and nothing refers to it' })
  }
  const graphs = attached.flatMap(({ qr }) => qr ?? [])
  return {
    attachments: attached.map(({ reading }) => reading),
    tags: document.customTags.flatMap((path) => {
      const tree = parts.xml(path)
      if (!tree) return []
      const { raw, problems: found } = readTags(tree, text)
      const reading = toReading(raw, 'tag')
      return [{ ...reading, problems: [...reading.problems, ...found] }]
    }),
    customData: [toReading(customData(document), 'custom-data')],
    pages: text.pages.map(({ items }) => readText(items)),
    joined: joinedOf(text),
    qrTexts: graphs.filter((graph) => !isBase64Picture(graph)),
    qrPictures: graphs.filter(isBase64Picture).flatMap((graph) => fromBase64(graph) ?? []),
    problems,
  }
}

function joinedOf({ pages }: DocumentText): Reading | null {
  const items = pages.length > 1 ? joinSheets(pages.map((page) => page.items)) : null
  return items && readText(items)
}

function readAttachments(parts: Parts, paths: readonly string[]) {
  return paths.flatMap((path) => {
    // Attachments may be anything; what is no XML is of no interest here, and no fault.
    const content = parts.bytes(path)
    const tree = content !== null && sniff(content) === 'xml' ? parts.xml(path, mostAttached) : null
    return tree && child(tree, 'docbody') === null ? readXmlInvoices(tree, 'attachment') : []
  })
}

function customData(document: OfdDocument) {
  const raw: Record<string, string> = {}
  for (const [field, names] of Object.entries(chineseNames.fields)) {
    const value = names.map((name) => document.customData.get(name)).find((one) => one !== undefined)
    if (value !== undefined) raw[field] = value
  }
  return raw
}

function isBase64Picture(text: string): boolean {
  return /^(?:iVBOR|\/9j\/|Qk)/.test(text)
}

function fromBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}
