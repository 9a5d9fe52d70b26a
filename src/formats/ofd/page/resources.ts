import { all, child, textOf, type XmlElement } from '../../xml/index.ts'
import type { Parts } from '../parts.ts'
import { folderOf } from '../paths.ts'

/** What pages refer to by id (GB/T 33190 7.9). Ids are unique in a document, so page resources may lie beside the others. */
export interface Resources {
  readonly fonts: ReadonlyMap<string, XmlElement>
  readonly drawParams: ReadonlyMap<string, XmlElement>
  readonly spaces: ReadonlyMap<string, XmlElement>
  readonly composites: ReadonlyMap<string, XmlElement>
  /** The path of the file that a font or a picture lies in. */
  file(id: string): string | null
  /** Takes a resource file in, once; a first id stays. */
  add(path: string): void
}

export function createResources(parts: Parts): Resources {
  const known = new Set<string>()
  const fonts = new Map<string, XmlElement>()
  const drawParams = new Map<string, XmlElement>()
  const spaces = new Map<string, XmlElement>()
  const composites = new Map<string, XmlElement>()
  const references = new Map<string, { readonly folders: readonly string[]; readonly reference: string }>()
  const lists = { font: fonts, drawparam: drawParams, colorspace: spaces, compositegraphicunit: composites } as const

  return {
    fonts,
    drawParams,
    spaces,
    composites,
    file(id) {
      const one = references.get(id)
      if (!one) return null
      const [first = '', ...others] = one.folders
      return parts.locate(first, one.reference, ...others)
    },
    add(path) {
      if (known.has(path)) return
      known.add(path)
      const tree = parts.xml(path)
      if (!tree) return
      const base = (tree.attributes.baseloc ?? '').replace(/\/?$/, '/')
      const here = folderOf(path)
      const folders = [base.startsWith('/') ? base : here + base, here]
      for (const [name, list] of Object.entries(lists)) {
        for (const one of all(tree, name))
          if (one.attributes.id !== undefined && !list.has(one.attributes.id)) list.set(one.attributes.id, one)
      }
      for (const one of all(tree, 'font', 'multimedia')) {
        const { id } = one.attributes
        const reference = textOf(child(one, 'fontfile', 'mediafile'))
        if (id !== undefined && reference !== null && !references.has(id)) references.set(id, { folders, reference })
      }
    },
  }
}
