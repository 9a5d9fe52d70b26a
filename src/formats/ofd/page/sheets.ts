import { all, at, child, textOf, type XmlElement } from '../../xml/index.ts'
import type { Parts } from '../parts.ts'
import { folderOf } from '../paths.ts'
import { boxOf, type Box } from './geometry.ts'

/** A page or a template page: its tree and where it lies. */
export interface Sheet {
  readonly id: string
  readonly tree: XmlElement
  readonly folder: string
  readonly zOrder: string | undefined
}

/** One document of a package, as far as its looks go. */
export interface SheetDocument {
  readonly pages: readonly Sheet[]
  readonly templates: ReadonlyMap<string, Sheet>
  readonly box: Box | null
  readonly resources: readonly string[]
  readonly standardSpace: string | undefined
  /** The annotations of a page, in their order. */
  annotations(page: string): readonly XmlElement[]
  /** Signature.xml files, and where they lie. */
  readonly signatures: readonly { readonly path: string; readonly tree: XmlElement }[]
}

/** No list of a document is longer than a package has entries. */
const most = 2_000

export function readSheets(parts: Parts, body: XmlElement): SheetDocument | null {
  const path = parts.locate('', textOf(child(body, 'docroot')))
  const document = parts.xml(path)
  if (path === null || !document) return null
  const folder = folderOf(path)
  const common = child(document, 'commondata')
  const sheet = (element: XmlElement): Sheet[] => {
    const place = parts.locate(folder, element.attributes.baseloc ?? null)
    const tree = parts.xml(place)
    if (place === null || !tree) return []
    return [{ id: element.attributes.id ?? '', tree, folder: folderOf(place), zOrder: element.attributes.zorder }]
  }
  const named = (holder: XmlElement | null, ...names: string[]) =>
    (holder?.children ?? []).filter(({ name }) => names.includes(name)).slice(0, most)
  return {
    pages: named(child(document, 'pages'), 'page').flatMap(sheet),
    templates: new Map(
      named(common, 'templatepage')
        .flatMap(sheet)
        .map((one) => [one.id, one]),
    ),
    box: boxOf(textOf(at(common, 'pagearea', 'physicalbox')) ?? undefined),
    resources: named(common, 'publicres', 'documentres').flatMap((one) => parts.locate(folder, textOf(one)) ?? []),
    standardSpace: textOf(child(common, 'defaultcs')) ?? undefined,
    annotations: annotationsOf(parts, folder, textOf(child(document, 'annotations'))),
    signatures: signaturesOf(parts, textOf(child(body, 'signatures'))),
  }
}

function annotationsOf(parts: Parts, folder: string, reference: string | null): SheetDocument['annotations'] {
  if (reference === null) return () => []
  const path = parts.locate(folder, reference)
  const list = parts.xml(path)
  const byPage = new Map<string, XmlElement[]>()
  if (list && path !== null) {
    for (const page of list.children.filter(({ name }) => name === 'page').slice(0, most)) {
      const file = parts.xml(parts.locate(folderOf(path), textOf(child(page, 'fileloc')), folder))
      const id = page.attributes.pageid ?? ''
      byPage.set(id, [...(byPage.get(id) ?? []), ...(file ? all(file, 'annot') : [])])
    }
  }
  return (page) => byPage.get(page) ?? []
}

function signaturesOf(parts: Parts, reference: string | null): SheetDocument['signatures'] {
  if (reference === null) return []
  const path = parts.locate('', reference)
  const list = parts.xml(path)
  if (!list || path === null) return []
  return all(list, 'signature')
    .slice(0, 64)
    .flatMap(({ attributes }) => {
      const file = parts.locate(folderOf(path), attributes.baseloc ?? null)
      const tree = parts.xml(file)
      return tree && file !== null ? [{ path: file, tree }] : []
    })
}
