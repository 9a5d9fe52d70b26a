import type { TextItem } from './item.ts'
import { compact, toRow, type Row } from './rows.ts'

/** What stands over the columns of goods. */
const words = [
  '项目名称',
  '货物或应税劳务、服务名称',
  '货物名称',
  '规格型号',
  '单位',
  '数量',
  '单价',
  '金额',
  '税率/征收率',
  '征收率',
  '税率',
  '税额',
]

/** Parts of these words, as cells too narrow for them break them. */
const parts = new Set(
  words.flatMap((word) => [...word].flatMap((_, from) => [...word.slice(from)].map((_, to) => word.slice(from, from + to + 1)))),
)

/** The lines of one heading lie within this. Millimetres. */
const high = 7

/** The heading over a table of goods, and the lines that it takes. */
export interface Heading {
  readonly row: Row
  readonly from: number
  readonly to: number
}

/** Finds the heading of a table; one of which cells are broken is put together. */
export function findHeading(rows: readonly Row[]): Heading | null {
  const at = rows.findIndex(({ text }) => isHeading(text))
  const whole = rows[at]
  const first = whole ? at : rows.findIndex(({ items }) => items.length > 2 && items.every(isPart))
  const y = rows[first]?.y
  if (y === undefined) return null
  const belongs = ({ items, y: own }: Row) => Math.abs(own - y) < high && items.every(isPart)
  let [from, to] = [first, first + 1]
  while (from > 0 && belongs(rows[from - 1]!)) from -= 1
  while (to < rows.length && belongs(rows[to]!)) to += 1
  if (whole && to - from === 1) return { row: whole, from, to }
  const row = joined(rows.slice(from, to))
  return isHeading(row.text) ? { row, from, to } : whole ? { row: whole, from: first, to: first + 1 } : null
}

function isHeading(text: string): boolean {
  return text.includes('金额') && text.includes('税额') && /项目名称|服务名称|货物名称|规格型号/.test(text)
}

function isPart({ text }: TextItem): boolean {
  return parts.has(compact(text))
}

/** What stands under one another in a heading is one cell. */
function joined(rows: readonly Row[]): Row {
  const cells: TextItem[] = []
  for (const item of rows.flatMap(({ items }) => items)) {
    const index = cells.findIndex(({ x, right }) => item.x < right && item.right > x)
    const cell = cells[index]
    if (cell) cells[index] = { ...cell, text: cell.text + item.text, x: Math.min(cell.x, item.x), right: Math.max(cell.right, item.right) }
    else cells.push(item)
  }
  return toRow(cells.toSorted((a, b) => a.x - b.x))
}
