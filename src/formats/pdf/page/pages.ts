import { asArray, asDict, asName, asNumber, pdfLimits, Ref, type Dict, type PdfFile, type Value } from '../object/index.ts'
import type { Matrix } from './matrix.ts'

/** A page, with what it inherits. */
export interface PdfPage {
  readonly dict: Dict
  readonly resources: Dict | null
  /** From the page's own space to millimetres from the upper left corner as it is shown. */
  readonly matrix: Matrix
  /** Millimetres, as shown. */
  readonly width: number
  readonly height: number
}

const maxDepth = 40
const millimetre = 25.4 / 72

/** The pages of a file in their order. Circles and broken branches are left out. */
export function readPages(file: PdfFile): PdfPage[] {
  const pages: PdfPage[] = []
  const seen = new Set<number>()
  const visit = (value: Value | undefined, inherited: Dict, depth: number) => {
    if (depth > maxDepth || pages.length >= pdfLimits.pages) return
    if (value instanceof Ref) {
      if (seen.has(value.num)) return
      seen.add(value.num)
    }
    const dict = asDict(file.resolve(value))
    if (!dict) return
    const own = new Map(inherited)
    for (const key of ['Resources', 'MediaBox', 'CropBox', 'Rotate']) if (dict.has(key)) own.set(key, dict.get(key) ?? null)
    const kids = asArray(file.get(dict, 'Kids'))
    if (kids && asName(file.get(dict, 'Type')) !== 'Page') for (const kid of kids) visit(kid, own, depth + 1)
    else if (dict.has('Contents') || dict.has('MediaBox') || asName(file.get(dict, 'Type')) === 'Page') pages.push(toPage(file, dict, own))
  }
  visit(asDict(file.resolve(file.trailer.get('Root')))?.get('Pages'), new Map(), 0)
  return pages
}

function toPage(file: PdfFile, dict: Dict, own: Dict): PdfPage {
  const box = readBox(file, own.get('CropBox')) ?? readBox(file, own.get('MediaBox')) ?? [0, 0, 612, 792]
  const [x0, y0, x1, y1] = box
  const k = millimetre
  const turn = (((asNumber(file.resolve(own.get('Rotate'))) ?? 0) % 360) + 360) % 360
  const size = [(x1 - x0) * k, (y1 - y0) * k] as const
  const [width, height] = turn % 180 === 0 ? size : [size[1], size[0]]
  const matrices: Readonly<Record<number, Matrix>> = {
    90: [0, k, k, 0, -y0 * k, -x0 * k],
    180: [-k, 0, 0, k, x1 * k, -y0 * k],
    270: [0, -k, -k, 0, y1 * k, x1 * k],
  }
  const upright: Matrix = [k, 0, 0, -k, -x0 * k, y1 * k]
  return { dict, resources: asDict(file.resolve(own.get('Resources'))), matrix: matrices[turn] ?? upright, width, height }
}

function readBox(file: PdfFile, value: Value | undefined): readonly [number, number, number, number] | null {
  const [a, b, c, d] = (asArray(file.resolve(value)) ?? []).map((one) => asNumber(file.resolve(one)))
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return null
  const box = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const
  const [x0, y0, x1, y1] = box
  return x1 - x0 > 1 && y1 - y0 > 1 && x1 - x0 < 20_000 && y1 - y0 < 20_000 ? box : null
}
