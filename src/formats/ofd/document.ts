import { all, at, child, textOf, type XmlElement } from '../xml/index.ts'
import type { Parts } from './parts.ts'
import { folderOf } from './paths.ts'

/** A page or a template page. */
export interface OfdPage {
  readonly id: string
  readonly path: string
}

/** One document of a package: where its parts lie. References that lead nowhere are left out. */
export interface OfdDocument {
  readonly customData: ReadonlyMap<string, string>
  /** The path of Document.xml; null when it is missing. */
  readonly root: string | null
  readonly pages: readonly OfdPage[]
  readonly templates: readonly OfdPage[]
  readonly attachments: readonly string[]
  readonly customTags: readonly string[]
  readonly resources: readonly string[]
}

/** The documents that OFD.xml lists; one that is listed again, saying the same, is the same. */
export function readDocuments(parts: Parts, main: XmlElement): OfdDocument[] {
  const read = new Map<string, OfdDocument>()
  return main.children
    .filter(({ name }) => name === 'docbody')
    .map((body) => {
      const key = JSON.stringify([textOf(child(body, 'docroot')), ...customDataOf(body)])
      const document = read.get(key) ?? readDocument(parts, body)
      read.set(key, document)
      return document
    })
}

function readDocument(parts: Parts, body: XmlElement): OfdDocument {
  const path = parts.locate('', textOf(child(body, 'docroot')))
  const document = parts.xml(path, mostElements)
  const folder = folderOf(path ?? '')
  const common = child(document, 'commondata')
  const pagesAt = (element: XmlElement) => {
    const location = parts.locate(folder, element.attributes.baseloc ?? null)
    return location === null ? [] : [{ id: element.attributes.id ?? '', path: location }]
  }
  const listed = (list: XmlElement | null, ...names: string[]) => {
    const listPath = parts.locate(folder, textOf(list))
    const tree = parts.xml(listPath, mostElements)
    if (!tree || listPath === null) return []
    return unique(
      all(tree, ...names)
        .slice(0, most)
        .flatMap((one) => parts.locate(folderOf(listPath), textOf(child(one, 'fileloc')), folder) ?? []),
    )
  }
  const pagesIn = (list: XmlElement | null, name: string) =>
    once(
      (list?.children ?? [])
        .filter((one) => one.name === name)
        .slice(0, most)
        .flatMap(pagesAt),
    )
  const pages = pagesIn(child(document, 'pages'), 'page')
  const templates = pagesIn(common, 'templatepage')
  const isRead = parts.fits([...pages, ...templates].map((one) => one.path))
  return {
    customData: customDataOf(body),
    root: path,
    pages: isRead ? pages : [],
    templates: isRead ? templates : [],
    attachments: listed(child(document, 'attachments'), 'attachment'),
    customTags: listed(child(document, 'customtags'), 'customtag'),
    resources: unique(
      (common?.children ?? [])
        .filter(({ name }) => name === 'documentres' || name === 'publicres')
        .slice(0, most)
        .flatMap((one) => parts.locate(folder, textOf(one)) ?? []),
    ),
  }
}

/** No list of a document is longer than a package has entries. A part named twice is one part: a thousand names for it cost nothing. */
const most = 2_000

/** Elements of a page, or of a list of a document: those of a page full of characters that are objects of their own. Most have hundreds. */
export const mostElements = 12_000

/** Elements of an attached invoice: those of as many goods lines as are read, and half as many again. */
export const mostAttached = 30_000

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)]
}

function once(pages: readonly OfdPage[]): OfdPage[] {
  return [...new Map(pages.toReversed().map((page) => [page.path, page])).values()].toReversed()
}

/** CustomDatas of the document's head. A name that stands twice with two values is left out. */
function customDataOf(body: XmlElement): Map<string, string> {
  const data = new Map<string, string>()
  const twice = new Set<string>()
  for (const one of at(body, 'docinfo', 'customdatas')?.children ?? []) {
    const name = (one.attributes.name ?? '').replace(/\s/g, '')
    const value = textOf(one)
    if (name === '' || value === null) continue
    if (data.has(name) && data.get(name) !== value) twice.add(name)
    data.set(name, value)
  }
  for (const name of twice) data.delete(name)
  return data
}
