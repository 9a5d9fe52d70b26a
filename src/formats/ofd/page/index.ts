import type { Problem } from '../../../domain/index.ts'
import type { Budget } from '../../file/budget.ts'
import { Refusal, refusalOf } from '../../file/refusal.ts'
import { ofdLimits, openPackage, type Package } from '../../package/index.ts'
import type { XmlElement } from '../../xml/index.ts'
import { partsOf, type Parts } from '../parts.ts'
import { createFaces } from './faces.ts'
import { atCorner, drawAnnotations, drawSheet, sizeOf } from './layers.ts'
import { createMeter, type Meter } from './meter.ts'
import { coloursOf } from './paint.ts'
import { createPictures, type Pictures } from './pictures.ts'
import { createResources } from './resources.ts'
import type { Drawing, Face, Scene, SceneNode } from './scene.ts'
import { sealsOf, stamped, type PlacedSeal } from './seals.ts'
import { readSheets, type SheetDocument } from './sheets.ts'
import type { Studio } from './studio.ts'

export type * from './scene.ts'

/** What an OFD looks like, and what of it is not drawn. */
export interface DrawnOfd extends Drawing {
  readonly problems: readonly Problem[]
}

/** What is shared by a package and the documents nested in its seals. */
interface Workshop {
  readonly budget: Budget
  readonly meter: Meter
  readonly pictures: Pictures
  readonly faces: Face[]
}

/**
 * Draws the pages of an OFD package (GB/T 33190): templates, layers, annotations, seals. What is broken is left out and told.
 * Throws {@link Refusal} only when the package as a whole cannot be read, or holds no page.
 */
export async function drawOfd(pack: Package, budget: Budget): Promise<DrawnOfd> {
  const meter = createMeter()
  const shop: Workshop = { budget, meter, pictures: createPictures(meter), faces: [] }
  const parts = partsOf(pack, budget)
  const pages = documentsOf(parts).flatMap(({ document, key }) => drawDocument(parts, document, shop, key, true))
  if (pages.length === 0) throw new Refusal('part-missing', 'The OFD holds no page that can be drawn')
  const pictures = await shop.pictures.finish()
  return { pages, pictures, faces: shop.faces, problems: [...parts.problems, ...leftOut(shop)] }
}

function leftOut({ meter, pictures }: Workshop): Problem[] {
  return [
    ...(meter.isOver ? [{ code: 'drawing-limit', message: 'The file has far more to draw than any invoice; the rest is left out' }] : []),
    ...(pictures.left ? [{ code: 'picture-undecodable', message: 'A picture is of a kind that is not drawn, or damaged' }] : []),
  ]
}

function documentsOf(parts: Parts): { document: SheetDocument; key: string }[] {
  const main = parts.xml('OFD.xml')
  if (!main) throw new Refusal('file-damaged', 'The OFD has no readable OFD.xml')
  return main.children
    .filter(({ name }) => name === 'docbody')
    .slice(0, 16)
    .flatMap((body: XmlElement, index) => {
      const document = readSheets(parts, body)
      return document ? [{ document, key: String(index) }] : []
    })
}

/** @param withSeals false for a document that is itself the picture of a seal. */
function drawDocument(parts: Parts, document: SheetDocument, shop: Workshop, key: string, withSeals: boolean): Scene[] {
  const resources = createResources(parts)
  for (const path of document.resources) resources.add(path)
  const faces = createFaces(parts, resources, shop.faces)
  const studio: Studio = {
    meter: shop.meter,
    resources,
    faces,
    colours: () => coloursOf(resources.spaces, document.standardSpace),
    picture(id) {
      const path = resources.file(id)
      return path === null ? null : shop.pictures.add(`${key}/${path}`, parts.bytes(path))
    },
    check: () => shop.budget.check(),
  }
  const seals = withSeals ? sealsOf(parts, document) : []
  return document.pages.flatMap((sheet): Scene[] => {
    if (!shop.meter.take('pages')) return []
    const box = sizeOf(sheet, document)
    const nodes = [
      ...drawSheet(sheet, document, parts, studio),
      ...drawAnnotations(document.annotations(sheet.id), studio),
      ...seals.filter(({ page }) => page === sheet.id).flatMap((seal, index) => drawSeal(seal, shop, `${key}/${sheet.id}/${index}`)),
    ]
    return [{ width: box.width, height: box.height, nodes: atCorner(nodes, box) }]
  })
}

/** A seal is a picture or a whole OFD of one page. A damaged one is left out. */
function drawSeal(seal: PlacedSeal, shop: Workshop, key: string): readonly SceneNode[] {
  const { type, bytes } = seal.picture
  if (type !== 'ofd') {
    const picture = shop.pictures.add(key, bytes)
    if (picture === null) return []
    return stamped(seal, [{ is: 'image', matrix: [seal.box.width, 0, 0, seal.box.height, 0, 0], picture }], seal.box)
  }
  try {
    const parts = partsOf(openPackage(bytes, ofdLimits, shop.budget), shop.budget)
    const [first] = documentsOf(parts)
    const [page] = first ? drawDocument(parts, { ...first.document, pages: first.document.pages.slice(0, 1) }, shop, key, false) : []
    return page ? stamped(seal, page.nodes, page) : []
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal.code === 'aborted' || refusal.code === 'deadline') throw refusal
    return []
  }
}
