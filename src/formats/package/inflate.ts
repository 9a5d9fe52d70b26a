import { Inflate, inflateSync } from 'fflate'
import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'

/**
 * So much packed data can inflate to at most some 8 MB (deflate's limit is 1032 : 1), so that is how far a lie about the size gets
 * before it is noticed. Smaller entries are inflated at once: three times as fast as the stream.
 */
const chunk = 8_192

/**
 * Inflates to exactly `size` bytes. Memory is bounded by `size`, which the caller has held against the limits; the stream is stopped
 * at the first byte too many, whatever it says of itself.
 */
export function inflate(packed: Uint8Array, size: number, budget: Budget): Uint8Array {
  budget.check()
  let result: Uint8Array
  try {
    result = packed.length <= chunk ? inflateSync(packed, { out: new Uint8Array(size + 1) }) : stream(packed, size, budget)
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal('package-broken', 'The package is damaged: an entry does not unpack')
  }
  if (result.length !== size) throw forged()
  return result
}

function stream(packed: Uint8Array, size: number, budget: Budget): Uint8Array {
  const out = new Uint8Array(size)
  let length = 0
  const inflater = new Inflate((part) => {
    if (length + part.length > size) throw forged()
    out.set(part, length)
    length += part.length
  })
  for (let at = 0; at < packed.length; at += chunk) {
    budget.check()
    inflater.push(packed.subarray(at, at + chunk), at + chunk >= packed.length)
  }
  return out.subarray(0, length)
}

function forged(): Refusal {
  return new Refusal('package-size', 'An entry unpacks to another size than it states')
}
