/** Where each row starts: `offsets[i]` is the top of row i, the last one the height of all. */
export function offsetsOf(heights: readonly number[]): Float64Array {
  const offsets = new Float64Array(heights.length + 1)
  for (let i = 0; i < heights.length; i++) offsets[i + 1] = (offsets[i] as number) + (heights[i] as number)
  return offsets
}

/** The rows that touch the band from `top` to `bottom`, as a half-open range, with `spare` more on either side. */
export function rangeIn(offsets: Float64Array, top: number, bottom: number, spare: number): { readonly from: number; readonly to: number } {
  const count = offsets.length - 1
  const from = Math.max(0, firstBelow(offsets, top) - 1 - spare)
  const to = Math.min(count, firstBelow(offsets, bottom) + spare)
  return { from: Math.min(from, count), to: Math.max(from, to) }
}

/** The first index whose offset is greater than `y`. */
function firstBelow(offsets: Float64Array, y: number): number {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle] as number) > y) high = middle
    else low = middle + 1
  }
  return low
}
