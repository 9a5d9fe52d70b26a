import type { Box, Placed, Shown } from '../page/index.ts'

/** A QR is square, or nearly so when its picture has a margin of its own. */
const squarish = 1.25
/** The side of the QR on most invoices. Millimetres. */
const usual = 20
/** Smaller than this on paper nothing can be scanned. Millimetres. */
const smallest = 5
/** More pictures than this are not searched on one page. */
const most = 8

/** The pictures of a page in the order in which a QR is likely: square ones first, then large ones, such as a scanned page. */
export function likelyPictures({ pictures }: Shown): { readonly square: readonly Placed[]; readonly others: readonly Placed[] } {
  const distinct = pictures.filter(
    (one, index) =>
      widthOf(one.box) >= smallest &&
      heightOf(one.box) >= smallest &&
      pictures.findIndex((other) => other.picture.raw === one.picture.raw) === index,
  )
  const square = distinct.filter(({ box }) => ratio(box) <= squarish).toSorted((a, b) => unusual(a.box) - unusual(b.box))
  const others = distinct.filter(({ box }) => ratio(box) > squarish).toSorted((a, b) => areaOf(b.box) - areaOf(a.box))
  return { square: square.slice(0, most * 4), others: others.slice(0, most) }
}

/** How far a square is from the size of a printed QR. */
const unusual = (box: Box) => Math.abs(widthOf(box) - usual)
const widthOf = ({ left, right }: Box) => right - left
const heightOf = ({ top, bottom }: Box) => bottom - top
const areaOf = (box: Box) => widthOf(box) * heightOf(box)
const ratio = (box: Box) => Math.max(widthOf(box), heightOf(box)) / Math.min(widthOf(box), heightOf(box))
