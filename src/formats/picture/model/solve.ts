/** Solves a symmetric positive definite system (Cholesky). `matrix` is row by row and is overwritten. */
export function solved(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!
      matrix[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-9)) : sum / matrix[j * n + j]!
    }
  const out = Float64Array.from(vector)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) out[i]! -= matrix[i * n + k]! * out[k]!
    out[i]! /= matrix[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) out[i]! -= matrix[k * n + i]! * out[k]!
    out[i]! /= matrix[i * n + i]!
  }
  return out
}
