import type { Scene, SceneClip, SceneNode, Stroke } from '../../capture/index.ts'

/** What the nodes of a scene refer to. */
export interface Supplies {
  /** The address of each picture; null for one that cannot be shown. */
  readonly pictures: readonly (string | null)[]
  /** The font families of each face. */
  readonly families: readonly string[]
}

const svg = 'http://www.w3.org/2000/svg'
type Attributes = Readonly<Record<string, string | number | null>>
type Matrix = readonly number[]

/**
 * Draws a page, node by node: nothing of a file is ever parsed as markup or style, so that the policy of the page allows it.
 * @param id begins the ids of this page's clips, which are shared by the whole document.
 */
export function svgOf(scene: Scene, supplies: Supplies, id: string, document: Document): SVGElement {
  let clips = 0
  const root = make('svg', { viewBox: `0 0 ${scene.width} ${scene.height}`, 'aria-hidden': 'true', class: 'sheet-svg' })
  root.append(...scene.nodes.flatMap(draw))
  return root

  function make(name: string, attributes: Attributes): SVGElement {
    const element = document.createElementNS(svg, name) as SVGElement
    for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, String(value))
    return element
  }

  function draw(node: SceneNode): SVGElement[] {
    switch (node.is) {
      case 'group': {
        const attributes = {
          transform: transform(node.matrix),
          opacity: node.alpha < 1 ? node.alpha : null,
          class: node.blend && `blend-${node.blend}`,
        }
        const children = node.nodes.flatMap(draw)
        // Nothing to say, nothing to make.
        if (node.clips.length === 0 && Object.values(attributes).every((value) => value === null)) return children
        const group = make('g', attributes)
        node.clips.reduce((holder, clip) => clipped(holder, clip), group).append(...children)
        return [group]
      }
      case 'path':
        return [
          make('path', {
            d: node.d,
            transform: transform(node.matrix),
            ...paint(node.fill, node.stroke),
            'fill-rule': node.evenOdd ? 'evenodd' : null,
          }),
        ]
      case 'image': {
        const href = supplies.pictures[node.picture]
        return href ? [make('image', { href, width: 1, height: 1, preserveAspectRatio: 'none', transform: transform(node.matrix) })] : []
      }
      case 'text':
        return [text(node)]
    }
  }

  /** A group inside `holder` that shows what the clip leaves. */
  function clipped(holder: SVGElement, clip: SceneClip): SVGElement {
    const name = `${id}-${clips++}`
    const path = make('clipPath', { id: name })
    path.append(
      ...clip.shapes.map(({ d, matrix, evenOdd }) =>
        make('path', { d, transform: transform(matrix), 'clip-rule': evenOdd ? 'evenodd' : null }),
      ),
    )
    const inner = make('g', { 'clip-path': `url(#${name})` })
    holder.append(path, inner)
    return inner
  }

  function text(node: Extract<SceneNode, { is: 'text' }>): SVGElement {
    const { squeeze } = node
    const own = squeeze === 1 ? null : [squeeze, 0, 0, 1, 0, 0]
    const element = make('text', {
      transform: [transform(node.matrix), transform(own)].filter((one) => one !== null).join(' ') || null,
      x: node.x.map((value) => (squeeze === 1 ? value : value / squeeze)).join(' '),
      y: node.y.every((value) => value === node.y[0]) ? (node.y[0] ?? 0) : node.y.join(' '),
      rotate: node.turned === 0 ? null : node.turned,
      'font-size': node.size,
      'font-family': supplies.families[node.face] ?? 'serif',
      'font-weight': node.weight === 400 ? null : node.weight,
      'font-style': node.italic ? 'italic' : null,
      ...paint(node.fill, node.stroke),
    })
    element.setAttributeNS('http://www.w3.org/XML/1998/namespace', 'xml:space', 'preserve')
    element.textContent = node.text
    return element
  }
}

function transform(matrix: Matrix | null): string | null {
  return matrix && `matrix(${matrix.join(' ')})`
}

function paint(fill: { readonly colour: string; readonly alpha: number } | null, stroke: Stroke | null): Attributes {
  return {
    fill: fill ? fill.colour : 'none',
    'fill-opacity': fill && fill.alpha < 1 ? fill.alpha : null,
    ...(stroke && {
      stroke: stroke.colour,
      'stroke-opacity': stroke.alpha < 1 ? stroke.alpha : null,
      'stroke-width': stroke.width,
      'stroke-linejoin': stroke.join === 'miter' ? null : stroke.join,
      'stroke-linecap': stroke.cap === 'butt' ? null : stroke.cap,
      'stroke-miterlimit': stroke.join === 'miter' && stroke.miter !== 4 ? stroke.miter : null,
      'stroke-dasharray': stroke.dash.length > 0 ? stroke.dash.join(' ') : null,
      'stroke-dashoffset': stroke.dash.length > 0 && stroke.dashOffset !== 0 ? stroke.dashOffset : null,
    }),
  }
}
