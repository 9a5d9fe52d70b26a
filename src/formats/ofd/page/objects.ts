import { boxOf as around, identity } from '../../pdf/page/matrix.ts'
import { child, type XmlElement } from '../../xml/index.ts'
import { boundaryClip, clipsOf, isEvenOdd } from './clips.ts'
import { boxOf, chain, matrixOf, moved, numberOf, scaled, type Box } from './geometry.ts'
import { maxDepth } from './meter.ts'
import { alphaOf, black, inkOf, paintOf, strokeOf } from './paint.ts'
import { outlineOf } from './path.ts'
import type { Blend, Matrix, SceneClip, SceneNode } from './scene.ts'
import type { Place, Studio } from './studio.ts'
import { glyphsOf, placedOf, runsOf } from './text.ts'

/** What an object looks like in its own space, and what its boundary must cut off. */
interface Look {
  readonly nodes: readonly SceneNode[]
  readonly cut: SceneClip | null
}

type Draw = (object: XmlElement, box: Box, studio: Studio, place: Place) => Look

/** Every kind of object that pages are made of (GB/T 33190 8 to 13). */
const kinds: Readonly<Record<string, Draw>> = {
  textobject: (object, _, studio, place) => ({ nodes: drawText(object, studio, place), cut: null }),
  pathobject: drawPath,
  imageobject: drawImage,
  compositeobject: drawComposite,
}

/** Draws the objects in a layer, a block, an appearance or a composite, in their order. */
export function drawObjects(holder: XmlElement, studio: Studio, place: Place): SceneNode[] {
  if (place.depth > maxDepth) return []
  return holder.children.flatMap((object): readonly SceneNode[] => {
    if (object.name === 'pageblock') return drawObjects(object, studio, { ...place, depth: place.depth + 1 })
    const draw = kinds[object.name]
    if (!draw || object.attributes.visible === 'false' || !studio.meter.take('objects')) return []
    studio.check()
    const box = boxOf(object.attributes.boundary)
    if (!box) return []
    const { nodes, cut } = draw(object, box, studio, place)
    if (nodes.length === 0) return []
    const clips = [...clipsOf(object, studio.meter), ...(cut ? [cut] : [])]
    const matrix = box.x === 0 && box.y === 0 ? null : moved(box.x, box.y)
    return [{ is: 'group', matrix, clips, alpha: alphaOf(object.attributes.alpha), blend: blendOf(object), nodes }]
  })
}

function blendOf({ attributes }: XmlElement): Blend | null {
  const mode = attributes.blendmode?.toLowerCase()
  return mode === 'multiply' || mode === 'darken' ? mode : null
}

function drawText(object: XmlElement, studio: Studio, place: Place): SceneNode[] {
  const { attributes } = object
  const size = Math.abs(numberOf(attributes.size, 3))
  if (size === 0) return []
  const colours = studio.colours()
  const paint = paintOf(object, place.layer, (id) => studio.resources.drawParams.get(id) ?? null)
  const fill = attributes.fill === 'false' ? null : inkOf(paint.fill, colours, black)
  const lineInk = attributes.stroke === 'true' ? inkOf(paint.stroke, colours, black) : null
  const stroke = lineInk && strokeOf(lineInk, paint)
  const matrix = matrixOf(attributes.ctm)
  const squeeze = Math.min(10, Math.max(0.05, numberOf(attributes.hscale, 1)))
  const placed = placedOf(object, studio.meter)
  const outlines = child(object, 'cgtransform') && studio.faces.outlines(attributes.font ?? '')
  const glyphs = outlines && glyphsOf(object, placed, outlines, size, squeeze, studio.meter)
  const drawn: SceneNode[] = glyphs && glyphs.d !== '' ? [{ is: 'path', matrix, d: glyphs.d, fill, evenOdd: false, stroke }] : []
  const face = studio.faces.indexOf(attributes.font ?? '')
  const style = {
    turned: numberOf(attributes.chardirection, 0),
    face,
    size,
    squeeze,
    weight: Math.min(900, Math.max(100, numberOf(attributes.weight, 400))),
    italic: attributes.italic === 'true',
    fill,
    stroke,
  }
  return [...drawn, ...runsOf(glyphs?.rest ?? placed).map((run): SceneNode => ({ is: 'text', matrix, ...run, ...style }))]
}

function drawPath(object: XmlElement, box: Box, studio: Studio, place: Place): Look {
  const { attributes } = object
  const outline = outlineOf(child(object, 'abbreviateddata')?.text ?? '', studio.meter)
  if (!outline) return nothing
  const colours = studio.colours()
  const paint = paintOf(object, place.layer, (id) => studio.resources.drawParams.get(id) ?? null)
  const fill = attributes.fill === 'true' ? inkOf(paint.fill, colours, null) : null
  const lineInk = attributes.stroke === 'false' ? null : inkOf(paint.stroke, colours, black)
  const stroke = lineInk && strokeOf(lineInk, paint)
  if (!fill && !stroke) return nothing
  const matrix = matrixOf(attributes.ctm)
  const spot = around(matrix ?? identity, outline.left, outline.top, outline.right - outline.left, outline.bottom - outline.top)
  return {
    nodes: [{ is: 'path', matrix, d: outline.d, fill, evenOdd: isEvenOdd(object), stroke }],
    cut: boundaryClip(box, spot, stroke?.width ?? 0),
  }
}

const nothing: Look = { nodes: [], cut: null }

function drawImage(object: XmlElement, box: Box, studio: Studio): Look {
  const picture = studio.picture(object.attributes.resourceid ?? '') ?? studio.picture(object.attributes.substitution ?? '')
  // Without a matrix it fills its boundary.
  const matrix: Matrix = matrixOf(object.attributes.ctm) ?? scaled(box.width, box.height)
  if (picture === null) return nothing
  return { nodes: [{ is: 'image', matrix, picture }], cut: boundaryClip(box, around(matrix, 0, 0, 1, 1), 0) }
}

/** A composite stands for its resource's content, which may hold composites again, but never itself. */
function drawComposite(object: XmlElement, box: Box, studio: Studio, place: Place): Look {
  const unit = studio.resources.composites.get(object.attributes.resourceid ?? '') ?? null
  const content = child(unit, 'content')
  if (!unit || !content || place.inside.has(unit)) return nothing
  const inside = new Set([...place.inside, unit])
  const nodes = drawObjects(content, studio, { layer: undefined, depth: place.depth + 1, inside })
  const { width, height } = { width: numberOf(unit.attributes.width, box.width), height: numberOf(unit.attributes.height, box.height) }
  const matrix = matrixOf(object.attributes.ctm)
  const spot = around(matrix ?? identity, 0, 0, width, height)
  return { nodes: grouped(nodes, chain(matrix)), cut: boundaryClip(box, spot, 0) }
}

/** Nodes moved together. */
export function grouped(nodes: readonly SceneNode[], matrix: Matrix | null, clips: readonly SceneClip[] = []): readonly SceneNode[] {
  return nodes.length === 0 || (matrix === null && clips.length === 0)
    ? nodes
    : [{ is: 'group', matrix, clips, alpha: 1, blend: null, nodes }]
}
