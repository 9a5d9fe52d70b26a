import type { Corner, QrSymbol } from './reader.ts'

/** How a worked-on part lies in its picture: what is at (x, y) in it is at (x / factor + left, y / factor + top) of the picture. */
export interface Placement {
  readonly factor: number
  readonly left: number
  readonly top: number
}

/** The symbol with its corners in pixels of the whole picture. */
export function placed({ text, corners }: QrSymbol, { factor, left, top }: Placement): QrSymbol {
  const [a, b, c, d] = corners
  const back = ({ x, y }: Corner): Corner => ({ x: x / factor + left, y: y / factor + top })
  return { text, corners: [back(a), back(b), back(c), back(d)] }
}
