import { Refusal } from '../file/refusal.ts'
import { readEndRecord } from './end-record.ts'
import { decodeName, nameKey } from './entry-name.ts'
import { freeGrowth, maxRatio, type PackageLimits } from './limits.ts'

/** One entry as the central directory states it, its place in the file checked. Seals need the whole list, folders included, for coverage. */
export interface Entry {
  readonly name: string
  /** The name under which it is found: case and separators folded. */
  readonly key: string
  readonly isFolder: boolean
  /** 0 stored, 8 deflated; anything else cannot be read. */
  readonly method: number
  readonly crc: number
  /** Bytes as stored. */
  readonly packed: number
  /** Bytes inflated, as stated; proven when it is read. */
  readonly size: number
  /** First byte of the stored data. */
  readonly start: number
}

interface Place {
  readonly from: number
  readonly to: number
}

/**
 * Walks the central directory and holds it against the local headers.
 * Throws {@link Refusal} for what two readers could see differently: prefixes, duplicates, overlaps, contradicting sizes.
 */
export function readDirectory(bytes: Uint8Array, limits: PackageLimits): Entry[] {
  if (bytes.length > limits.file) throw new Refusal('file-too-large', 'The file is larger than any invoice')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < 22) throw broken()
  const end = readEndRecord(view)
  if (end.entries > limits.entries) throw new Refusal('package-limit', 'The package holds too many entries')
  if (end.offset + end.size !== end.directoryEnd) throw new Refusal('package-prefixed', 'Foreign bytes stand before the package')

  const entries: Entry[] = []
  const places: Place[] = []
  const seen = new Set<string>()
  let inflated = 0
  let at = end.offset
  for (let index = 0; index < end.entries; index++) {
    const { entry, place, next } = readHeader(bytes, view, at, end.directoryEnd, end.offset)
    if (seen.has(entry.key)) throw new Refusal('package-duplicate', 'Two entries have the same name')
    seen.add(entry.key)
    if (entry.size > limits.entry || (inflated += entry.size) > limits.inflated)
      throw new Refusal('package-limit', 'The package is too large when unpacked')
    if (entry.size > freeGrowth && entry.size > entry.packed * maxRatio)
      throw new Refusal('package-bomb', 'An entry unpacks to far more than any document does')
    entries.push(entry)
    places.push(place)
    at = next
  }
  if (at !== end.directoryEnd) throw broken()
  checkPlaces(bytes, places, end.offset)
  return entries
}

function readHeader(bytes: Uint8Array, view: DataView, at: number, end: number, dataEnd: number) {
  if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw broken()
  const flags = view.getUint16(at + 8, true)
  const nameLength = view.getUint16(at + 28, true)
  const extraLength = view.getUint16(at + 30, true)
  const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  if (next > end) throw broken()
  if (flags & 0x2041) throw new Refusal('package-encrypted', 'The package is protected by a password')
  const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength)
  const name = decodeName(nameBytes)
  const { size, packed, offset } = longSizes(view, at, at + 46 + nameLength, extraLength)
  const method = view.getUint16(at + 10, true)
  const crc = view.getUint32(at + 16, true)

  if (offset + 30 > dataEnd || view.getUint32(offset, true) !== 0x04034b50) throw broken()
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (start + packed > dataEnd) throw broken()
  if (
    !sameBytes(nameBytes, bytes.subarray(offset + 30, offset + 30 + view.getUint16(offset + 26, true))) ||
    view.getUint16(offset + 8, true) !== method
  )
    throw new Refusal('package-broken', 'The package is damaged: an entry and its directory line differ')
  const localFlags = view.getUint16(offset + 6, true)
  if (localFlags & 0x2041) throw new Refusal('package-encrypted', 'The package is protected by a password')
  // With bit 3 the sizes follow the data; without it they must be those of the directory.
  const local = [view.getUint32(offset + 14, true), view.getUint32(offset + 18, true), view.getUint32(offset + 22, true)]
  const stated = [crc, packed, size]
  const follows = (localFlags & 8) !== 0
  if (local.some((value, index) => value !== stated[index] && !(index > 0 && value === 0xffffffff) && !(follows && value === 0)))
    throw new Refusal('package-size', 'An entry states two different sizes')
  if (method === 0 && size !== packed) throw new Refusal('package-size', 'A stored entry states two different sizes')

  const entry: Entry = { name, key: nameKey(name), isFolder: name.endsWith('/'), method, crc, packed, size, start }
  return { entry, place: { from: offset, to: start + packed }, next }
}

/** Sizes of 4 GB and more stand in an extra field (APPNOTE 4.5.3); smaller ones may too. */
function longSizes(view: DataView, at: number, extraAt: number, extraLength: number) {
  const values = { size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), offset: view.getUint32(at + 42, true) }
  const long = (['size', 'packed', 'offset'] as const).filter((key) => values[key] === 0xffffffff)
  if (long.length === 0) return values
  for (let field = extraAt; field + 4 <= extraAt + extraLength;) {
    const length = view.getUint16(field + 2, true)
    if (view.getUint16(field, true) === 1 && length >= 8 * long.length && field + 4 + length <= extraAt + extraLength) {
      long.forEach((key, index) => {
        values[key] = Number(view.getBigUint64(field + 4 + 8 * index, true))
      })
      return values
    }
    field += 4 + length
  }
  throw broken()
}

/**
 * Entries lie one after the other from the first byte on; none shares a byte with another. Between them may stand what writers leave there
 * (sizes that follow the data), but nothing that a reader of local headers would take for an entry.
 */
function checkPlaces(bytes: Uint8Array, places: Place[], dataEnd: number): void {
  places.sort((a, b) => a.from - b.from)
  let free = 0
  for (const [index, { from, to }] of places.entries()) {
    if (index === 0 && from !== 0) throw new Refusal('package-prefixed', 'Foreign bytes stand before the package')
    if (from < free) throw new Refusal('package-overlap', 'Two entries share the same bytes')
    checkGap(bytes.subarray(free, from))
    free = to
  }
  if (free > dataEnd) throw broken()
  checkGap(bytes.subarray(free, dataEnd))
}

function checkGap(gap: Uint8Array): void {
  for (let at = gap.indexOf(0x50); at >= 0; at = gap.indexOf(0x50, at + 1))
    if (gap[at + 1] === 0x4b && gap[at + 2] === 3 && gap[at + 3] === 4)
      throw new Refusal('package-hidden', 'An entry lies in the package that its directory does not name')
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

function broken(): Refusal {
  return new Refusal('package-broken', 'The package is damaged')
}
