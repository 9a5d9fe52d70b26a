import { joined, type TextItem } from './item.ts'
import { asPrinted } from './look-alikes.ts'

/** Items that stand on one line, from left to right, and their text without white space. */
export interface Row {
  readonly y: number
  readonly items: readonly TextItem[]
  readonly text: string
  /** For every character of `text`, the item it is from. */
  readonly owners: readonly TextItem[]
  /** For every character of `text`, what is printed for it, with the white space before it. */
  readonly printed: readonly string[]
  /** Where boxes begin: the left edges of upright side headings beside the line. Millimetres. */
  readonly walls: readonly number[]
}

/** Baselines this close together are one line: labels and values are set in different sizes. */
const tolerance = 1.4
/** An upright side heading (购买方, 密码区, 备注) is set one character a line, one exactly under the other, away from everything else. */
const sideHeading = /^[购买销售方密码区备注信息说明]$/
/** What comes next in one: such a pair needs less room around it. */
const next: Readonly<Record<string, string>> = {
  购: '买',
  买: '方',
  销: '售',
  售: '方',
  密: '码',
  码: '区',
  备: '注',
  方: '信',
  信: '息',
  说: '明',
}
const lonely = 1.5
const apart = 0.3
/** Characters of one heading: their greatest distances across and down. Millimetres. */
const [across, down] = [0.8, 15]
/** Less than this between two characters, and they are one word. Millimetres. */
export const touching = 0.6

/** Longer lines, and more of them, no page of an invoice has; searching them would only cost time. */
const maxLength = 1_000
const maxRows = 400

/** Puts the text of a page into lines. */
export function rowsOf(items: readonly TextItem[]): Row[] {
  const headings = headingsOf(items)
  return linesOf(items.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.y - b.y))
    .slice(0, maxRows)
    .map((row) =>
      toRow(
        withoutHeadings(
          row.toSorted((a, b) => a.x - b.x),
          headings,
        ),
        [...headings.keys()].flatMap(({ x, y }) => (Math.abs(y - (row[0]?.y ?? 0)) < down ? x : [])),
      ),
    )
    .filter(({ text }) => text !== '' && text.length <= maxLength)
}

/** Where baselines go on closely beyond one line, a line ends at its widest gap: so a label stays with its value under a large title. */
function linesOf(sorted: readonly TextItem[]): TextItem[][] {
  const lines: TextItem[][] = []
  for (const item of sorted) {
    const line = lines.at(-1)
    if (line && item.y - (line[0]?.y ?? 0) <= tolerance) line.push(item)
    else lines.push([...(line ? tailOf(line, item) : []), item])
  }
  return lines
}

/** Takes off a line what belongs to the next item rather than to it; mostly nothing. */
function tailOf(line: TextItem[], next: TextItem): TextItem[] {
  let [widest, at] = [2 * (next.y - (line.at(-1)?.y ?? 0)), line.length]
  for (const [index, { y }] of line.entries()) {
    const gap = y - (line[index - 1]?.y ?? y)
    if (gap > widest) [widest, at] = [gap, index]
  }
  return line.splice(at)
}

/** The text of an item as labels and numbers are matched in it. */
export function compact(text: string): string {
  return plain.test(text)
    ? text
    : asPrinted(text)
        .normalize('NFKC')
        .replace(/[\s\0]/g, '')
}

/** Text that is compact as it stands, as all numbers and nearly all characters are. */
const plain = /^[!-~\u4E00-\u9FFF]*$/

/** Characters that are objects of their own, joined to the words they make. Cells of a table stand further apart. */
export function wordsOf(row: Row): TextItem[] {
  const words: TextItem[] = []
  for (const item of row.items.flatMap(figuresOf)) {
    const last = words.at(-1)
    if (last && [...item.text.trim()].length === 1 && item.x - last.right < touching) {
      words[words.length - 1] = joined(last, item)
    } else words.push(item)
  }
  return words
}

/** Several figures in one piece are those of several columns. */
function figuresOf(item: TextItem): readonly TextItem[] {
  if (!figures.test(item.text)) return [item]
  const step = (item.right - item.x) / item.text.length
  return [...item.text.matchAll(/\S+/g)].map(({ 0: text, index }) => {
    const x = item.x + index * step
    return { ...item, text, x, right: x + text.length * step, joints: [] }
  })
}
const figures = /^\s*-?[\d.]+%?(?:\s+-?[\d.]+%?)+\s*$/

/** The characters that may be of a side heading, with the room that one needs beside it. */
function headingsOf(items: readonly TextItem[]): ReadonlyMap<TextItem, number> {
  const single = items.filter(({ text }) => text.length < 4 && sideHeading.test(compact(text))).slice(0, maxRows)
  const near = (one: TextItem, other: TextItem) =>
    Math.abs(one.x - other.x) < across && Math.abs(one.y - other.y) > tolerance && Math.abs(one.y - other.y) < down
  const follows = (one: TextItem, other: TextItem) => one.y < other.y && next[compact(one.text)] === compact(other.text)
  return new Map(
    single.flatMap((one) => {
      // Of two alike the one nearer to the rest is of the heading; the other may end a name under it.
      const alike = single.filter((same) => same !== one && Math.abs(same.x - one.x) < across && compact(same.text) === compact(one.text))
      const others = single.filter(
        (other) => near(one, other) && !alike.some((same) => Math.abs(same.y - other.y) < Math.abs(one.y - other.y)),
      )
      if (others.length === 0) return []
      return [[one, others.some((other) => follows(one, other) || follows(other, one)) ? apart : lonely] as const]
    }),
  )
}

function withoutHeadings(row: readonly TextItem[], headings: ReadonlyMap<TextItem, number>): readonly TextItem[] {
  if (headings.size === 0) return row
  return row.filter((item, index) => {
    const room = headings.get(item)
    if (room === undefined) return true
    const before = row[index - 1]
    const after = row[index + 1]
    return (before !== undefined && item.x - before.right < room) || (after !== undefined && after.x - item.right < room)
  })
}

/** Of a line that is too long, only so much that this is seen. */
export function toRow(items: readonly TextItem[], walls: readonly number[] = []): Row {
  const owners: TextItem[] = []
  const printed: string[] = []
  let text = ''
  for (const item of items) {
    if (text.length > maxLength) break
    let blank = ''
    for (const char of asPrinted(item.text)) {
      const plain = compact(char)
      if (plain === '') blank = ' '
      text += plain
      for (let unit = 0; unit < plain.length; unit++) {
        owners.push(item)
        printed.push(unit === 0 ? blank + char : '')
        blank = ''
      }
    }
  }
  return { y: items[0]?.y ?? 0, items, text, owners, printed, walls }
}
