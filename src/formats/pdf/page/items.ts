import { asPrinted, type Joint, type TextItem } from '../../page-text/index.ts'
import type { Run, Shown } from './shown.ts'

/** A gap wider than this, in ems, ends a word. */
const wordGap = 0.35
/** Words that are drawn at once are cells of their own if they do not follow this closely, in ems; cells of a table may all but touch. */
const cellGap = 0.2
const cellOverlap = 0.1
/** Baselines further apart than this, in ems, are two. */
const baseline = 0.25
/** The same text drawn twice this close is one, drawn bold. Millimetres. */
const bold = 0.4

/**
 * The words of a page, upright as they are read. Characters are joined in the order they were drawn in, and never across a gap: what only
 * lies side by side may be two columns.
 * @param width and `height` of the page, millimetres.
 */
export function itemsOf({ runs }: Pick<Shown, 'runs'>, width: number, height: number): TextItem[] {
  const turn = mainTurn(runs)
  const upright = runs.filter((run) => !isSlanted(run) && turnOf(run) === turn).map((run) => turned(run, turn, width, height))
  const items: { text: string; x: number; right: number; end: number; y: number; size: number; spaces: number; joints: Joint[] }[] = []
  for (const { text, x, toX, y, size, begins, opens } of upright) {
    const last = items.at(-1)
    const char = asPrinted(text.replace(/\0/g, ''))
    const isBlank = char.trim() === ''
    const joins =
      last &&
      Math.abs(last.y - y) < baseline * size &&
      Math.abs(last.size - size) < 0.2 * size &&
      x - last.end < (begins ? cellGap : wordGap) * size &&
      x - last.end > (begins ? -cellOverlap : -0.5) * size
    if (last && joins && last.spaces < 2) {
      // One blank is between two words of a name; two are between two columns.
      last.spaces = isBlank ? last.spaces + 1 : 0
      if (opens && !isBlank) last.joints.push({ at: last.text.length, by: x - last.x })
      last.text += char
      last.end = Math.max(last.end, toX)
      if (!isBlank) last.right = last.end
    } else if (!isBlank) items.push({ text: char, x, right: toX, end: toX, y, size, spaces: 0, joints: [] })
  }
  return withoutDoubles(items.map(({ text, x, right, y, joints }) => ({ id: null, text: text.trimEnd(), x, right, y, joints })))
}

function withoutDoubles(items: readonly TextItem[]): TextItem[] {
  const seen = new Map<string, TextItem[]>()
  return items.filter((item) => {
    const same = seen.get(item.text) ?? []
    if (same.some(({ x, y }) => Math.abs(x - item.x) < bold && Math.abs(y - item.y) < bold)) return false
    seen.set(item.text, [...same, item])
    return true
  })
}

type Turn = 0 | 1 | 2 | 3

/** The quarter turn of a run's baseline, clockwise. */
function turnOf({ x, y, toX, toY }: Run): Turn {
  const [dx, dy] = [toX - x, toY - y]
  if (Math.abs(dx) >= Math.abs(dy)) return dx >= 0 ? 0 : 2
  return dy > 0 ? 1 : 3
}

/** Stamps and watermarks are set aslant; a scan lies hardly as crooked. */
function isSlanted({ x, y, toX, toY }: Run): boolean {
  const [across, down] = [Math.abs(toX - x), Math.abs(toY - y)]
  return Math.min(across, down) > slant * Math.max(across, down)
}
const slant = 0.12

function mainTurn(runs: readonly Run[]): Turn {
  const counts = [0, 0, 0, 0]
  for (const run of runs) if (!isSlanted(run)) counts[turnOf(run)]! += 1
  return counts.indexOf(Math.max(...counts)) as Turn
}

function turned(run: Run, turn: Turn, width: number, height: number): Run {
  const at = (x: number, y: number): [number, number] =>
    turn === 0 ? [x, y] : turn === 1 ? [y, width - x] : turn === 2 ? [width - x, height - y] : [height - y, x]
  const [x, y] = at(run.x, run.y)
  const [toX, toY] = at(run.toX, run.toY)
  return { ...run, x, y, toX, toY }
}
