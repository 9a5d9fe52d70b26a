import type { TextItem } from './item.ts'

/** What an invoice is set in, and how wide it is, on its own sheet (210 × 140 mm). Millimetres. */
const usual = 3.175
const wide = 215

/** So much larger than usual, it was printed on a larger sheet. */
const enlarged = 1.2

const ideograph = /[\u4E00-\u9FFF]/

/** The text of a page that was printed larger than it was made (A5 on A4), in the size that distances are known for. */
export function atUsualSize(items: readonly TextItem[]): readonly TextItem[] {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const item of items) [left, right] = [Math.min(left, item.x), Math.max(right, item.right)]
  if (!(right - left > wide)) return items
  const factor = emOf(items) / usual
  if (!(factor > enlarged)) return items
  return items.map((item) => ({
    ...item,
    x: item.x / factor,
    right: item.right / factor,
    y: item.y / factor,
    ...(item.joints && { joints: item.joints.map(({ at, by }) => ({ at, by: by / factor })) }),
  }))
}

/** How wide most characters are. */
function emOf(items: readonly TextItem[]): number {
  const widths = items.flatMap(({ text, x, right }) => {
    const chars = [...text]
    return chars.length > 0 && chars.every((char) => ideograph.test(char)) ? [(right - x) / chars.length] : []
  })
  return widths.toSorted((a, b) => a - b)[Math.floor(widths.length / 2)] ?? 0
}
