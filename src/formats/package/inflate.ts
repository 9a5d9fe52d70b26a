import { Inflate, inflateSync } from 'fflate'
import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'

/**
 * Deflate's limit is 1032 : 1, so a step of the stream inflates to 2 MB at most before a lie about the size is noticed; the inflater
 * holds a few copies of that.
 */
const step = 2_048

/** Entries packed this small are inflated at once into a buffer that does not grow: three times as fast, and no lie costs more than 8 MB of time. */
const small = 8_192

/**
 * Inflates to exactly `size` bytes. Memory is bounded by `size`, which the caller has held against the limits; the stream is stopped
 * at the first byte too many, whatever it says of itself.
 */
export function inflate(packed: Uint8Array, size: number, budget: Budget): Uint8Array {
  budget.check()
  // Deflate never makes data longer than by a few bytes a block (RFC 1951 3.2.4).
  if (packed.length > size * 1.01 + 1_024) throw forged()
  let result: Uint8Array
  try {
    result = packed.length <= small ? inflateSync(packed, { out: new Uint8Array(size + 1) }) : stream(packed, size, budget)
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
  for (let at = 0; at < packed.length; at += step) {
    budget.check()
    inflater.push(packed.subarray(at, at + step), at + step >= packed.length)
  }
  return out.subarray(0, length)
}

function forged(): Refusal {
  return new Refusal('package-size', 'An entry unpacks to another size than it states')
}
