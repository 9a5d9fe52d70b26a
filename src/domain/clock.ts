import type { Instant } from './calendar.ts'

/** Time as it is passed in: what it is now, and being called later. Tests own both. */
export interface Clock {
  /** Milliseconds since the epoch, by a clock that people can set wrongly. */
  now(): Instant
  /** Calls `run` once after `milliseconds`, by a clock that does not jump. The returned function cancels it. */
  after(milliseconds: number, run: () => void): () => void
}

/** Randomness as it is passed in: fills the bytes from a CSPRNG and returns them. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>

/** A fraction in [0, 1) from the same source, for jitter. */
export function randomFraction(random: FillRandom): number {
  const bytes = random(new Uint8Array(4))
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) / 2 ** 32
}
