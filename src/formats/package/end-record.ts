import { Refusal } from '../file/refusal.ts'

/** Where the central directory lies, as the end record says (APPNOTE 4.3.16, and 4.3.14 for ZIP64). */
export interface EndRecord {
  readonly entries: number
  readonly size: number
  readonly offset: number
  /** Where the directory must end: the first byte of the end record, or of the ZIP64 one before it. */
  readonly directoryEnd: number
}

const endLength = 22
const locatorLength = 20
const record64Length = 56

/** Finds the end record. It must close the file: bytes after it would be a second archive that another reader may see. */
export function readEndRecord(view: DataView): EndRecord {
  const at = findEnd(view)
  const entries = view.getUint16(at + 10, true)
  const size = view.getUint32(at + 12, true)
  const offset = view.getUint32(at + 16, true)
  if (view.getUint16(at + 4, true) !== view.getUint16(at + 6, true)) throw split()
  const record64 = readZip64(view, at)
  if (!record64) {
    if (entries === 0xffff || size === 0xffffffff || offset === 0xffffffff) throw broken('a ZIP64 record is announced and missing')
    if (view.getUint16(at + 4, true) !== 0 || view.getUint16(at + 8, true) !== entries) throw split()
    return { entries, size, offset, directoryEnd: at }
  }
  // Both records speak of the same directory, or a reader of one and a reader of the other see different files.
  const agrees = (short: number, marker: number, long: number) => short === marker || short === long
  if (
    !agrees(entries, 0xffff, record64.entries) ||
    !agrees(size, 0xffffffff, record64.size) ||
    !agrees(offset, 0xffffffff, record64.offset)
  )
    throw broken('its two end records contradict each other')
  return record64
}

function findEnd(view: DataView): number {
  const last = view.byteLength - endLength
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) === 0x06054b50 && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at
  }
  throw broken('it has no end record, so it is cut short or no package')
}

function readZip64(view: DataView, end: number): EndRecord | null {
  const locator = end - locatorLength
  if (locator < 0 || view.getUint32(locator, true) !== 0x07064b50) return null
  const at = toNumber(view.getBigUint64(locator + 8, true))
  if (at + record64Length > locator || view.getUint32(at, true) !== 0x06064b50) throw broken('its ZIP64 record is not where it says')
  if (view.getUint32(at + 16, true) !== 0 || view.getUint32(at + 20, true) !== 0) throw split()
  if (at + 12 + toNumber(view.getBigUint64(at + 4, true)) !== locator) throw broken('its ZIP64 record has a wrong length')
  return {
    entries: toNumber(view.getBigUint64(at + 32, true)),
    size: toNumber(view.getBigUint64(at + 40, true)),
    offset: toNumber(view.getBigUint64(at + 48, true)),
    directoryEnd: at,
  }
}

function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('it states an impossible size')
  return Number(value)
}

function broken(why: string): Refusal {
  return new Refusal('package-broken', `The package is damaged: ${why}`)
}

function split(): Refusal {
  return new Refusal('package-broken', 'The package is only one part of several')
}
