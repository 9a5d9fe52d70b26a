import type { Problem } from '../../domain/index.ts'
import { isPicture } from '../file/sniff.ts'
import { all, child, textOf } from '../xml/index.ts'
import type { OfdDocument } from './document.ts'
import type { Parts } from './parts.ts'
import { folderOf } from './paths.ts'
import { placedImages } from './text.ts'

/** More pictures than this are not looked at: an invoice has a QR and a stamp. */
const most = 8

/** The pictures on the pages that could hold a QR: PNG and JPEG bytes, and a problem for those of a form we cannot decode. */
export function picturesOf(
  parts: Parts,
  document: OfdDocument,
): { readonly pictures: readonly Uint8Array[]; readonly problems: readonly Problem[] } {
  const files = mediaFiles(parts, document)
  const pictures: Uint8Array[] = []
  const problems: Problem[] = []
  for (const id of placedImages(parts, document).slice(0, most)) {
    const content = parts.bytes(files.get(id) ?? null)
    if (!content) continue
    if (isPicture(content)) pictures.push(content)
    else
      problems.push({
        code: 'picture-undecodable',
        message: 'A picture on the page, often the QR, is of a form that cannot be decoded (JBIG2)',
      })
  }
  return { pictures, problems: problems.slice(0, 1) }
}

function mediaFiles(parts: Parts, document: OfdDocument): Map<string, string> {
  const files = new Map<string, string>()
  for (const path of document.resources) {
    const tree = parts.xml(path)
    if (!tree) continue
    const base = (tree.attributes.baseloc ?? '').replace(/\/?$/, '/')
    for (const media of all(tree, 'multimedia')) {
      const reference = textOf(child(media, 'mediafile'))
      const folder = base.startsWith('/') ? base : folderOf(path) + base
      const found = reference === null ? null : parts.locate(folder, reference, folderOf(path))
      if (found !== null && media.attributes.id) files.set(media.attributes.id, found)
    }
  }
  return files
}
