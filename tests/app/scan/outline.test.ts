import { describe, expect, it } from 'vitest'
import { onScreen, toSvg, widened } from '../../../src/app/scan/outline.ts'

describe('the outline of a found code', () => {
  it('lies where the covering video shows it', () => {
    const points = onScreen(
      [
        { x: 640, y: 360 },
        { x: 640, y: 0 },
      ],
      { width: 1280, height: 720 },
      { width: 390, height: 844 },
    )
    expect(points[0]).toEqual({ x: 195, y: 422 })
    expect(points[1]?.y).toBeCloseTo(0)
  })

  it('runs around the code', () => {
    const square = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ]
    expect(toSvg(widened(square, Math.SQRT2))).toBe('-1.0,-1.0 11.0,-1.0 11.0,11.0 -1.0,11.0')
  })
})
