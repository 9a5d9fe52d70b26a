import { asArray, asDict, asName, asNumber, Stream, type PdfFile } from '../object/index.ts'
import type { Matrix } from './matrix.ts'
import type { PdfPage } from './pages.ts'

/** The content streams of a page as one: a break between two of them is white space. */
export function contentOf(file: PdfFile, page: PdfPage): Uint8Array {
  const contents = file.get(page.dict, 'Contents')
  const streams = (asArray(contents) ?? [contents]).map((one) => file.resolve(one)).filter((one) => one instanceof Stream)
  const parts = streams.map((stream) => file.data(stream).data)
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length + 1, 0)).fill(32)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length + 1
  }
  return all
}

/** Appearances of form fields and seals: some writers print the values there. Notes that a reader put on the page are not the invoice. */
export function appearances(file: PdfFile, page: PdfPage): { readonly object: Stream; readonly matrix: Matrix }[] {
  return (asArray(file.get(page.dict, 'Annots')) ?? []).slice(0, 200).flatMap((one) => {
    const annotation = asDict(file.resolve(one))
    const isHidden = ((asNumber(file.get(annotation, 'F')) ?? 0) & 2) !== 0
    if (asName(file.get(annotation, 'Subtype')) !== 'Widget' || isHidden) return []
    const normal = file.get(asDict(file.get(annotation, 'AP')), 'N')
    const object = normal instanceof Stream ? normal : file.get(asDict(normal), asName(file.get(annotation, 'AS')) ?? '')
    const rect = (asArray(file.get(annotation, 'Rect')) ?? []).map((number) => asNumber(file.resolve(number)) ?? 0)
    const bounds =
      object instanceof Stream ? (asArray(file.get(object.dict, 'BBox')) ?? []).map((number) => asNumber(file.resolve(number)) ?? 0) : []
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = rect
    const [a = 0, b = 0, c = 1, d = 1] = bounds
    if (!(object instanceof Stream) || c === a || d === b) return []
    const [sx, sy] = [Math.abs(x1 - x0) / Math.abs(c - a), Math.abs(y1 - y0) / Math.abs(d - b)]
    return [{ object, matrix: [sx, 0, 0, sy, Math.min(x0, x1) - Math.min(a, c) * sx, Math.min(y0, y1) - Math.min(b, d) * sy] as const }]
  })
}
