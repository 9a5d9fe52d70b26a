import type { Grid } from './grid.ts'
import { type Flat, valueAt } from './flatten.ts'
import type { Pattern } from './pattern.ts'
import { solved } from './solve.ts'

/** Samples around a module's middle, in modules. */
const offsets = [-1, -0.5, 0, 0.5, 1].flatMap((dy) => [-1, -0.5, 0, 0.5, 1].map((dx) => ({ dx, dy })))
const features = offsets.length + 1

/**
 * Decides every module by a linear filter over the samples around it. The filter is learnt from the symbol itself: first from the modules
 * that are fixed, then again from its own decisions, so that it undoes whatever blurred this picture.
 * @returns a value a module, positive is dark, its size how sure.
 */
export function equalised(flat: Flat, pattern: Pattern, grid: Grid, rounds: number, ridge: number): Float64Array {
  const { size, modules } = pattern
  const samples = samplesOf(flat, size, grid)
  let filter = learnt(samples, modules, null, ridge)
  let soft = applied(samples, filter, size)
  for (let round = 0; round < rounds; round++) {
    filter = learnt(samples, modules, soft, ridge)
    soft = applied(samples, filter, size)
  }
  return soft
}

function samplesOf(flat: Flat, size: number, grid: Grid): Float64Array {
  const samples = new Float64Array(size * size * features)
  let to = 0
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      for (const { dx, dy } of offsets) {
        const at = grid(x + 0.5 + dx, y + 0.5 + dy)
        samples[to++] = valueAt(flat, at.x, at.y)
      }
      samples[to++] = 1
    }
  return samples
}

/** Least squares with a ridge; decisions count by how sure they are, fixed modules fully. */
function learnt(samples: Float64Array, fixed: Int8Array, soft: Float64Array | null, ridge: number): Float64Array {
  const matrix = new Float64Array(features * features)
  const vector = new Float64Array(features)
  for (let module = 0; module < fixed.length; module++) {
    const known = fixed[module]!
    const guess = soft?.[module] ?? 0
    const target = known !== 0 ? known : Math.sign(guess)
    const weight = known !== 0 ? 1 : Math.min(1, Math.abs(guess))
    if (weight < 0.05) continue
    const from = module * features
    for (let i = 0; i < features; i++) {
      const value = samples[from + i]! * weight
      vector[i]! += value * target
      for (let j = 0; j <= i; j++) matrix[i * features + j]! += value * samples[from + j]!
    }
  }
  for (let i = 0; i < features; i++) {
    matrix[i * features + i]! += ridge
    for (let j = 0; j < i; j++) matrix[j * features + i] = matrix[i * features + j]!
  }
  return solved(matrix, vector)
}

function applied(samples: Float64Array, filter: Float64Array, size: number): Float64Array {
  const soft = new Float64Array(size * size)
  for (let module = 0; module < soft.length; module++) {
    let sum = 0
    for (let i = 0; i < features; i++) sum += filter[i]! * samples[module * features + i]!
    soft[module] = sum
  }
  return soft
}
