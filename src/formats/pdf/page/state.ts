import type { Font } from '../font/index.ts'
import { identity, type Matrix } from './matrix.ts'

/** The graphics state, as far as text and QRs need it. */
export interface State {
  ctm: Matrix
  font: Font | null
  size: number
  charSpace: number
  wordSpace: number
  scale: number
  leading: number
  rise: number
  mode: number
  lineWidth: number
  /** Lightness of the colour that fills: 0 black, 1 white. */
  fill: number
  stroke: number
}

export function startState(ctm: Matrix): State {
  return {
    ctm,
    font: null,
    size: 1,
    charSpace: 0,
    wordSpace: 0,
    scale: 1,
    leading: 0,
    rise: 0,
    mode: 0,
    lineWidth: 1,
    fill: 0,
    stroke: 0,
  }
}

/** Lightness of a colour by the number of its components. A pattern or a spot colour counts as dark: it is seen. */
export function lightness(components: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0] = components
  switch (components.length) {
    case 1:
      return a
    case 3:
      return 0.299 * a + 0.587 * b + 0.114 * c
    case 4:
      return 1 - Math.min(1, 0.299 * a + 0.587 * b + 0.114 * c + d)
    default:
      return 0
  }
}

/** The two matrices of a text object. */
export interface TextPlace {
  matrix: Matrix
  line: Matrix
}

export const startText = (): TextPlace => ({ matrix: identity, line: identity })
