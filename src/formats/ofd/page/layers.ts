import { all, child, textOf, type XmlElement } from '../../xml/index.ts'
import type { Parts } from '../parts.ts'
import { boxOf, chain, moved, type Box } from './geometry.ts'
import { maxDepth } from './meter.ts'
import { drawObjects, grouped } from './objects.ts'
import type { SceneNode } from './scene.ts'
import type { Sheet, SheetDocument } from './sheets.ts'
import type { Place, Studio } from './studio.ts'

/** Background, body, foreground (GB/T 33190 7.7): what is not said is body for a layer, background for a template. */
const heights: Readonly<Record<string, number>> = { background: 0, body: 1, foreground: 2 }
const heightOf = (name: string | undefined, otherwise: number) => heights[(name ?? '').toLowerCase()] ?? otherwise

const ground: Place = { layer: undefined, depth: 0, inside: new Set() }

/** What a page and its templates look like, from the bottom up: of one height the template lies below. */
export function drawSheet(
  sheet: Sheet,
  document: SheetDocument,
  parts: Parts,
  studio: Studio,
  above: ReadonlySet<Sheet> = new Set(),
): SceneNode[] {
  if (above.has(sheet) || above.size > maxDepth) return []
  for (const one of all(sheet.tree, 'pageres')) {
    const path = parts.locate(sheet.folder, textOf(one))
    if (path !== null) studio.resources.add(path)
  }
  const within = new Set([...above, sheet])
  const templates = sheet.tree.children
    .filter(({ name }) => name === 'template')
    .slice(0, 16)
    .flatMap((reference) => {
      const template = document.templates.get(reference.attributes.templateid ?? '')
      if (!template) return []
      const height = heightOf(reference.attributes.zorder ?? template.zOrder, 0)
      return [{ height, nodes: drawSheet(template, document, parts, studio, within) }]
    })
  const layers = (child(sheet.tree, 'content')?.children ?? [])
    .filter(({ name }) => name === 'layer')
    .map((layer) => ({
      height: heightOf(layer.attributes.type, 1),
      nodes: drawObjects(layer, studio, { ...ground, layer: layer.attributes.drawparam }),
    }))
  return [...templates, ...layers].toSorted((a, b) => a.height - b.height).flatMap(({ nodes }) => nodes)
}

/** What annotations add to a page: their appearance, in the space of its boundary (GB/T 33190 15). */
export function drawAnnotations(annotations: readonly XmlElement[], studio: Studio): SceneNode[] {
  return annotations
    .filter(({ attributes }) => attributes.visible !== 'false')
    .flatMap((one) => {
      const appearance = child(one, 'appearance')
      if (!appearance) return []
      const box = boxOf(appearance.attributes.boundary)
      return grouped(drawObjects(appearance, studio, ground), box && moved(box.x, box.y))
    })
}

/** The size of a page: its own box, else the document's; A4 when nobody says a usable one. */
export function sizeOf(sheet: Sheet, document: SheetDocument): Box {
  const own = child(sheet.tree, 'area')
  const stated = boxOf(textOf(child(own, 'physicalbox')) ?? undefined) ?? document.box
  const usable = stated && stated.width >= 5 && stated.height >= 5 && stated.width <= 5_000 && stated.height <= 5_000
  return usable ? stated : { x: 0, y: 0, width: 210, height: 297 }
}

/** Everything of a page moved so that its box begins at the corner. */
export function atCorner(nodes: readonly SceneNode[], box: Box): readonly SceneNode[] {
  return grouped(nodes, chain(box.x === 0 && box.y === 0 ? null : moved(-box.x, -box.y)))
}
