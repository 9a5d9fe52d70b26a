import { child, type XmlElement } from '../../xml/index.ts'
import { boxOf, chain, matrixOf, moved, type Box } from './geometry.ts'
import type { Meter } from './meter.ts'
import { outlineOf, type Outline } from './path.ts'
import type { SceneClip } from './scene.ts'

/** What an object's Clips leave to be seen (GB/T 33190 8.4). Areas of text cut nothing here: what they would leave is shown whole. */
export function clipsOf(object: XmlElement, meter: Meter): SceneClip[] {
  const clips = child(object, 'clips')?.children.filter(({ name }) => name === 'clip') ?? []
  return clips.slice(0, 8).flatMap((clip): SceneClip[] => {
    const areas = clip.children.filter(({ name }) => name === 'area').slice(0, 64)
    if (areas.length === 0 || areas.some((area) => child(area, 'path') === null)) return []
    const shapes = areas.flatMap((area) => {
      const path = child(area, 'path')
      const outline = path && outlineOf(child(path, 'abbreviateddata')?.text ?? '', meter)
      if (!path || !outline) return []
      const box = boxOf(path.attributes.boundary)
      const matrix = chain(matrixOf(path.attributes.ctm), box && moved(box.x, box.y), matrixOf(area.attributes.ctm))
      return [{ d: outline.d, matrix, evenOdd: isEvenOdd(path) }]
    })
    return [{ shapes }]
  })
}

export function isEvenOdd(path: XmlElement): boolean {
  return path.attributes.rule?.toLowerCase() === 'even-odd'
}

/** The clip that keeps an object within its boundary; null when it stays there by itself, as nearly all do. */
export function boundaryClip(box: Box, shape: Pick<Outline, 'left' | 'top' | 'right' | 'bottom'>, margin: number): SceneClip | null {
  const slack = margin + 0.5
  const stays = shape.left >= -slack && shape.top >= -slack && shape.right <= box.width + slack && shape.bottom <= box.height + slack
  return stays
    ? null
    : { shapes: [{ d: rectangle(-margin, -margin, box.width + margin, box.height + margin), matrix: null, evenOdd: false }] }
}

export function rectangle(left: number, top: number, right: number, bottom: number): string {
  return `M${left} ${top}L${right} ${top}L${right} ${bottom}L${left} ${bottom}Z`
}
