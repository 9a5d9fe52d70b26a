/** What may be drawn of one file altogether. Real invoices need a hundredth. */
const most = {
  objects: 40_000,
  /** Numbers in path data. */
  numbers: 800_000,
  characters: 200_000,
  pages: 200,
  pictures: 64,
  /** Pixels of all pictures together. */
  pixels: 80_000_000,
}

export type Metered = keyof typeof most

/** Counts what is drawn. A file that uses one thing a thousand times pays for it a thousand times. */
export interface Meter {
  /** False when it is too much, and then it is left out. */
  take(what: Metered, count?: number): boolean
  /** Something was left out. */
  readonly isOver: boolean
}

export function createMeter(): Meter {
  const left: Record<Metered, number> = { ...most }
  let isOver = false
  return {
    take(what, count = 1) {
      if (left[what] < count) {
        isOver = true
        return false
      }
      left[what] -= count
      return true
    },
    get isOver() {
      return isOver
    },
  }
}

/** How deep things may lie in one another: blocks, composites, templates, parameters. */
export const maxDepth = 12
