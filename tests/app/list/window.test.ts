import fc from 'fast-check'
import { expect, it } from 'vitest'
import { offsetsOf, rangeIn } from '../../../src/app/list/window.ts'

const heights = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 200 })

it('every row that touches the band is drawn', () => {
  fc.assert(
    fc.property(heights, fc.nat(20_000), fc.integer({ min: 1, max: 2000 }), (list, top, height) => {
      const offsets = offsetsOf(list)
      const { from, to } = rangeIn(offsets, top, top + height, 0)
      list.forEach((rowHeight, index) => {
        const start = offsets[index] as number
        if (start < top + height && start + rowHeight > top) expect(index >= from && index < to).toBe(true)
      })
    }),
  )
})

it('no more rows are drawn than the band, one at each edge and the spare ones need', () => {
  const offsets = offsetsOf(Array.from({ length: 10_000 }, () => 100))
  const { from, to } = rangeIn(offsets, 500_000, 500_800, 6)
  expect(to - from).toBeLessThanOrEqual(8 + 2 + 12)
  expect(offsets.at(-1)).toBe(1_000_000)
})

it('a band beyond the end draws the last rows, an empty list none', () => {
  const offsets = offsetsOf([100, 100])
  expect(rangeIn(offsets, 5_000, 6_000, 0).to).toBe(2)
  expect(rangeIn(offsetsOf([]), 0, 800, 6)).toEqual({ from: 0, to: 0 })
})
