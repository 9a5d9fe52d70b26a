import type { XmlElement } from '../../xml/index.ts'
import type { Parts } from '../parts.ts'
import { readOutlines, type Outlines } from './glyphs.ts'
import type { Resources } from './resources.ts'
import type { Face } from './scene.ts'

/** The fonts of a document, as far as its pages use them. */
export interface Faces {
  /** The index of a font's face. */
  indexOf(id: string): number
  /** The shapes in the font's own file; null when none came along, or of a kind that is not drawn here. */
  outlines(id: string): Outlines | null
}

const likes: readonly (readonly [RegExp, Face['like']])[] = [
  [/楷|kai/i, 'kai'],
  [/仿宋|fang/i, 'fang'],
  [/黑|hei|yahei|gothic|dengxian|等线/i, 'hei'],
  [/宋|song|simsun|ming|明/i, 'song'],
  [/courier|mono|consol|ocr/i, 'mono'],
  [/arial|helvetica|sans|verdana|tahoma|calibri/i, 'sans'],
  [/times|serif|roman|georgia|cambria/i, 'serif'],
]

/** A larger font file is not given to the browser. Bytes. */
const maxFile = 16_000_000

/** @param list takes the faces; several documents may share one. */
export function createFaces(parts: Parts, resources: Resources, list: Face[]): Faces {
  const byId = new Map<string, number>()
  const shapes = new Map<string, Outlines | null>()

  function fileOf(id: string): Uint8Array | null {
    const bytes = parts.bytes(resources.file(id))
    return bytes && bytes.length <= maxFile && isFont(bytes) ? bytes : null
  }
  return {
    indexOf(id) {
      const known = byId.get(id)
      if (known !== undefined) return known
      const index = list.push({ like: likeOf(resources.fonts.get(id) ?? null), file: fileOf(id) }) - 1
      byId.set(id, index)
      return index
    },
    outlines(id) {
      const known = shapes.get(id)
      if (known !== undefined) return known
      const file = fileOf(id)
      const found = file && readOutlines(file)
      shapes.set(id, found)
      return found
    },
  }
}

function likeOf(font: XmlElement | null): Face['like'] {
  const { fontname = '', familyname = '', fixedwidth, serif } = font?.attributes ?? {}
  const names = `${fontname} ${familyname}`
  const found = likes.find(([pattern]) => pattern.test(names))?.[1]
  return found ?? (fixedwidth === 'true' ? 'mono' : serif === 'false' ? 'sans' : 'song')
}

/** TrueType, OpenType, WOFF. */
function isFont(bytes: Uint8Array): boolean {
  const tag = String.fromCharCode(...bytes.subarray(0, 4))
  return ['\0\x01\0\0', 'true', 'OTTO', 'wOFF', 'wOF2'].includes(tag)
}
