import type { Problem } from '../../domain/index.ts'
import type { Picture } from '../file/qrs.ts'
import { isPlainJbig2, jbig2Grey, jbig2Size } from '../picture/forms/jbig2.ts'
import { withMargin } from '../picture/forms/margin.ts'
import { readPictureHeader } from '../picture/header.ts'
import type { Luminance } from '../picture/luminance.ts'
import { all, child, textOf } from '../xml/index.ts'
import type { OfdDocument } from './document.ts'
import type { Parts } from './parts.ts'
import { folderOf } from './paths.ts'
import { placedImages } from './text.ts'

/** More pictures than this are not looked at: an invoice has a QR and a stamp. */
const most = 8

/** Larger ones in black and white are no QR. Pixels. */
const maxBits = 4_000_000

/**
 * The pictures on the pages that could hold a QR, as QR readers take them, and a problem for those of a form we cannot decode.
 * @param isRead whether anybody will look at them; else none is decoded.
 */
export async function picturesOf(
  parts: Parts,
  document: OfdDocument,
  isRead: boolean,
): Promise<{ readonly pictures: readonly Picture[]; readonly problems: readonly Problem[] }> {
  const files = mediaFiles(parts, document)
  const pictures: Picture[] = []
  const problems: Problem[] = []
  for (const id of placedImages(parts, document).slice(0, most)) {
    const content = parts.bytes(files.get(id) ?? null)
    if (!content) continue
    const picture = !isRead || readPictureHeader(content) ? content : await fromJbig2(content)
    if (picture) pictures.push(picture)
    else
      problems.push({
        code: 'picture-undecodable',
        message: 'A picture on the page, often the QR, is of a form that cannot be decoded',
      })
  }
  return { pictures, problems: problems.slice(0, 1) }
}

async function fromJbig2(bytes: Uint8Array): Promise<Luminance | null> {
  const size = jbig2Size(bytes)
  if (!size || size.width * size.height > maxBits || !isPlainJbig2(bytes)) return null
  const grey = await jbig2Grey(bytes)
  return grey && withMargin(grey, size.width, size.height)
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
