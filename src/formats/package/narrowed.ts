import { Refusal } from '../file/refusal.ts'
import type { Package } from './index.ts'
import type { PackageLimits } from './limits.ts'

/** An opened package held to narrower limits, without reading its directory again. Throws {@link Refusal} for what is over them. */
export function narrowed(pack: Package, limits: PackageLimits): Package {
  if (pack.fileSize > limits.file) throw new Refusal('file-too-large', 'The file is larger than any invoice')
  if (pack.entries.length > limits.entries) throw new Refusal('package-limit', 'The package holds too many entries')
  let inflated = 0
  for (const { size } of pack.entries)
    if (size > limits.entry || (inflated += size) > limits.inflated)
      throw new Refusal('package-limit', 'The package is too large when unpacked')
  return { ...pack, read: (entry, atMost = limits.entry) => pack.read(entry, atMost) }
}
