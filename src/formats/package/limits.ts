/** What a package may be at most. Bytes, unless it says otherwise. */
export interface PackageLimits {
  readonly file: number
  /** Number of entries, folders included. */
  readonly entries: number
  /** One entry, inflated. */
  readonly entry: number
  /** All entries together, inflated. */
  readonly inflated: number
}

const MB = 1_000_000

/** One OFD document. */
export const ofdLimits: PackageLimits = { file: 20 * MB, entries: 2_000, entry: 20 * MB, inflated: 64 * MB }

/** A ZIP of invoices; its entries are inflated one by one. */
export const zipLimits: PackageLimits = { file: 500 * MB, entries: 10_000, entry: 20 * MB, inflated: 5_000 * MB }

/** An entry may grow to this size whatever its compression, and above it only a hundredfold. */
export const freeGrowth = MB
export const maxRatio = 100

/** The longest name of an entry, in bytes. */
export const maxName = 1_024
