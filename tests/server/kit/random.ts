import { createHash } from 'node:crypto'
import type { Random } from '../../../src/server/index.ts'

/** Randomness that a seed decides. */
export function testRandom(seed = 1): Random {
  let state = seed
  const fraction = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  let count = 0
  return {
    fraction,
    bytes: (length) => createHash('shake256', { outputLength: length }).update(`${seed} ${count++}`).digest(),
  }
}
