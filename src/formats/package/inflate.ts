import { inflateInto } from '../deflate/index.ts'
import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'

/** Inflates to exactly `size` bytes, which the caller has held against the limits, and takes no memory but those. Throws {@link Refusal}. */
export function inflate(packed: Uint8Array, size: number, budget: Budget): Uint8Array {
  budget.check()
  // Deflate never makes data longer than by a few bytes a block (RFC 1951 3.2.4).
  if (packed.length > size * 1.01 + 1_024) throw forged()
  const out = new Uint8Array(size)
  const { length, end } = inflateInto(out, packed, budget.check)
  if (end === 'damaged') throw new Refusal('package-broken', 'The package is damaged: an entry does not unpack')
  if (end === 'full' || length !== size) throw forged()
  return out
}

function forged(): Refusal {
  return new Refusal('package-size', 'An entry unpacks to another size than it states')
}
