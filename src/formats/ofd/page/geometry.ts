import { identity, isMatrix, multiply, type Matrix } from '../../pdf/page/matrix.ts'

/** A box in the space around it (ST_Box, GB/T 33190 7.2). */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Nothing on a page is further away, in millimetres: what is larger only makes renderers slow. */
const farthest = 100_000

/** The numbers of an attribute; what is none, or beyond all measure, ends them. */
export function numbersOf(text: string | undefined, most = 64): number[] {
  const found: number[] = []
  for (const part of (text ?? '').trim().split(/\s+/, most)) {
    const value = part === '' ? Number.NaN : Number(part)
    if (!(Math.abs(value) <= farthest)) break
    found.push(value)
  }
  return found
}

export function numberOf(text: string | undefined, otherwise: number): number {
  return numbersOf(text, 1)[0] ?? otherwise
}

export function boxOf(text: string | undefined): Box | null {
  const [x, y, width, height] = numbersOf(text, 4)
  return height === undefined || x === undefined || y === undefined || width === undefined || width < 0 || height < 0
    ? null
    : { x, y, width, height }
}

/** The matrix of a CTM attribute; null when there is none, or none that can be used. */
export function matrixOf(text: string | undefined): Matrix | null {
  const values = numbersOf(text, 6)
  return isMatrix(values) ? values : null
}

export const moved = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y]
export const scaled = (x: number, y: number): Matrix => [x, 0, 0, y, 0, 0]

/** One after the other; what does nothing is left out. */
export function chain(...matrices: readonly (Matrix | null)[]): Matrix | null {
  const some = matrices.filter((one) => one !== null)
  const whole = some.reduce<Matrix>((inner, outer) => multiply(inner, outer), identity)
  return whole.every((value, index) => value === identity[index]) ? null : whole
}

/** Few enough digits for paper: a tenth of a micrometre. */
export function short(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
