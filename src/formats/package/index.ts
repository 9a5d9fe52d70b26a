import type { Budget } from '../file/budget.ts'
import { Refusal } from '../file/refusal.ts'
import { crc32 } from './crc32.ts'
import { readDirectory, type Entry } from './directory.ts'
import { nameKey } from './entry-name.ts'
import { inflate } from './inflate.ts'
import type { PackageLimits } from './limits.ts'

export type { Entry } from './directory.ts'
export { narrowed } from './narrowed.ts'
export { ofdLimits, zipLimits, type PackageLimits } from './limits.ts'

/** An opened ZIP package. Nothing is inflated before it is asked for. */
export interface Package {
  /** Bytes of the file. */
  readonly fileSize: number
  /** Every line of the central directory in its order, folders included: what a seal must cover. */
  readonly entries: readonly Entry[]
  /** The file of this path, whatever its case; null when there is none. */
  find(path: string): Entry | null
  /** The stored bytes of an entry, still packed. A view into the file. */
  packed(entry: Entry): Uint8Array
  /**
   * The bytes of an entry, their length and CRC proven.
   * Throws {@link Refusal}: wrong size, wrong checksum, unknown method, over a limit, aborted.
   */
  read(entry: Entry, atMost?: number): Uint8Array
}

/** Opens a package, strictly: what two readers could see differently is refused. Throws {@link Refusal}. */
export function openPackage(bytes: Uint8Array, limits: PackageLimits, budget: Budget): Package {
  const entries = readDirectory(bytes, limits)
  const files = new Map(entries.filter((entry) => !entry.isFolder).map((entry) => [entry.key, entry]))
  const packed = (entry: Entry) => bytes.subarray(entry.start, entry.start + entry.packed)
  return {
    fileSize: bytes.length,
    entries,
    find: (path) => files.get(nameKey(path)) ?? null,
    packed,
    read(entry, atMost = limits.entry) {
      if (entry.size > atMost) throw new Refusal('package-limit', 'A part of the package is too large')
      if (entry.method !== 0 && entry.method !== 8)
        throw new Refusal('package-method', 'A part is packed by a method nobody uses for invoices')
      const content = entry.method === 0 ? packed(entry) : inflate(packed(entry), entry.size, budget)
      if (crc32(content) !== entry.crc) throw new Refusal('package-checksum', 'A part of the package is damaged')
      return content
    },
  }
}
