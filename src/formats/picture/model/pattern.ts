/** What every QR of one size has in the same place (ISO/IEC 18004): finders, separators, timing, alignment. */
export interface Pattern {
  /** Modules on a side. */
  readonly size: number
  /** Row by row: 1 dark, -1 light, 0 not fixed. */
  readonly modules: Int8Array
}

/** Sides of versions 2–10, most likely on an invoice first: a payload of 50–70 bytes at level M is version 4 or 5. */
export const likelySizes: readonly number[] = [33, 37, 29, 41, 45, 49, 53, 57, 25]

/** The fixed modules of a QR with `size` (21–177) modules on a side. */
export function patternOf(size: number): Pattern {
  const modules = new Int8Array(size * size)
  const set = (x: number, y: number, dark: boolean) => {
    if (x >= 0 && y >= 0 && x < size && y < size) modules[y * size + x] = dark ? 1 : -1
  }
  for (let i = 8; i < size - 8; i++) {
    set(i, 6, i % 2 === 0)
    set(6, i, i % 2 === 0)
  }
  const centres = alignmentCentres(size)
  for (const cy of centres)
    for (const cx of centres) {
      const atFinder = (cx === 6 && cy === 6) || (cx === 6 && cy === size - 7) || (cx === size - 7 && cy === 6)
      if (!atFinder) square(cx, cy, 2, (ring) => ring !== 1)
    }
  for (const [cx, cy] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(cx, cy, 4, (ring) => ring !== 2 && ring !== 4)
  set(8, size - 8, true)
  return { size, modules }

  function square(cx: number, cy: number, reach: number, dark: (ring: number) => boolean): void {
    for (let y = -reach; y <= reach; y++)
      for (let x = -reach; x <= reach; x++) set(cx + x, cy + y, dark(Math.max(Math.abs(x), Math.abs(y))))
  }
}

/** Annex E of ISO/IEC 18004: rows and columns of the alignment patterns' middles. */
function alignmentCentres(size: number): number[] {
  const version = (size - 17) / 4
  if (version < 2) return []
  const count = Math.floor(version / 7) + 2
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const rest = Array.from({ length: count - 1 }, (_, i) => size - 7 - i * step).reverse()
  return [6, ...rest]
}
