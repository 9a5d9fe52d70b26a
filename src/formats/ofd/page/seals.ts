import { all, child, textOf } from '../../xml/index.ts'
import type { Parts } from '../parts.ts'
import { folderOf } from '../paths.ts'
import { rectangle } from './clips.ts'
import { boxOf, chain, moved, scaled, type Box } from './geometry.ts'
import { grouped } from './objects.ts'
import type { SceneNode } from './scene.ts'
import { sealPictureOf, type SealPicture } from './seal-picture.ts'
import type { SheetDocument } from './sheets.ts'

/** A seal on a page: the part of the page it covers, and its picture. */
export interface PlacedSeal {
  readonly page: string
  readonly box: Box
  /** The part of the picture that is shown, in the picture's space: stamps over several pages. */
  readonly cut: Box | null
  readonly picture: SealPicture
}

/** The seals that a document's signatures put on its pages (GB/T 33190 18.2.4). */
export function sealsOf(parts: Parts, document: SheetDocument): PlacedSeal[] {
  return document.signatures.flatMap(({ path, tree }) => {
    const info = child(tree, 'signedinfo')
    const stamps = info ? all(info, 'stampannot').slice(0, 200) : []
    if (stamps.length === 0) return []
    const places = [textOf(child(tree, 'signedvalue')), textOf(child(child(info, 'seal'), 'baseloc'))]
    const picture = places
      .flatMap((place) => (place === null ? [] : (parts.bytes(parts.locate(folderOf(path), place)) ?? [])))
      .flatMap((bytes) => sealPictureOf(bytes) ?? [])[0]
    if (!picture) return []
    return stamps.flatMap(({ attributes }) => {
      const box = boxOf(attributes.boundary)
      return box ? [{ page: attributes.pageref ?? '', box, cut: boxOf(attributes.clip), picture }] : []
    })
  })
}

/** A seal drawn where it belongs. `nodes` fill a box of this size. */
export function stamped(
  { box, cut }: PlacedSeal,
  nodes: readonly SceneNode[],
  size: { width: number; height: number },
): readonly SceneNode[] {
  const fitted = grouped(nodes, chain(scaled(box.width / size.width, box.height / size.height)))
  const clips = cut
    ? [{ shapes: [{ d: rectangle(cut.x, cut.y, cut.x + cut.width, cut.y + cut.height), matrix: null, evenOdd: false }] }]
    : []
  return grouped(fitted, moved(box.x, box.y), clips)
}
