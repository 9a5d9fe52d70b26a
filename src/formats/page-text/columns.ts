import type { TextItem } from './item.ts'
import type { Row } from './rows.ts'

/** What stands over the columns left of 金额. 单价 and 数量 hold numbers only. */
const heads = [
  { field: 'name', head: /项目名称|货物或应税劳务、?服务名称|货物\(劳务\)名称|货物名称/, numeric: false },
  { field: 'spec', head: /规格型号/, numeric: false },
  { field: 'unit', head: /单位/, numeric: false },
  { field: 'quantity', head: /数量/, numeric: true },
  { field: 'unitPrice', head: /单价/, numeric: true },
] as const
/** What stands over the columns that are found by their content. */
const rightHeads = /金额|税率(?:\/征收率)?|征收率|税额/g

export type ColumnField = (typeof heads)[number]['field']

/** A column of the table. `field` is null for those of special invoices (车牌号, 出行人, …), which have no place in a line. */
export interface Column {
  readonly field: ColumnField | null
  readonly numeric: boolean
  readonly x: number
}

/** The columns under a heading. */
export function columnsOf(heading: Row): Column[] {
  const known = heads.flatMap(({ field, head, numeric }) => {
    const match = head.exec(heading.text)
    return match ? [{ field, numeric, from: match.index, to: match.index + match[0].length }] : []
  })
  const right = [...heading.text.matchAll(rightHeads)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
  const taken = (at: number) => [...known, ...right].some(({ from, to }) => at >= from && at < to)
  const others = new Set(heading.owners.filter((_, at) => !taken(at)))
  return [
    ...known.map(({ field, numeric, from, to }) => ({ field, numeric, x: (edgeOf(heading, from, 0) + edgeOf(heading, to - 1, 1)) / 2 })),
    ...[...others].map(({ x, right: end }) => ({ field: null, numeric: false, x: (x + end) / 2 })),
  ]
}

/** Where a character of the heading begins or ends: cells that touch may have been read as one piece. */
function edgeOf({ owners }: Row, at: number, side: 0 | 1): number {
  const owner = owners[at]
  if (!owner) return 0
  const [first, last] = [owners.indexOf(owner), owners.lastIndexOf(owner)]
  return owner.x + ((at + side - first) / (last + 1 - first)) * (owner.right - owner.x)
}

/** Where the heading over the names ends. */
export function nameEnd(heading: Row): number {
  const match = heads[0].head.exec(heading.text)
  return match ? edgeOf(heading, match.index + match[0].length - 1, 1) : 0
}

/** Where the heading over the models begins; null where there is none. */
export function modelsBegin(heading: Row): number | null {
  const match = heads[1].head.exec(heading.text)
  return match && edgeOf(heading, match.index, 0)
}

/** The column that words stand in. A number may be in any; words are in none of the columns of numbers. */
export function nearest(item: TextItem, columns: readonly Column[], isNumber: boolean): ColumnField | null {
  const middle = (item.x + item.right) / 2
  const near = columns
    .filter(({ numeric }) => !numeric || isNumber)
    .map((column) => ({ column, distance: Math.abs(column.x - middle) }))
    .toSorted((a, b) => a.distance - b.distance)
  const [best, second] = near
  if (!best) return null
  // Halfway between 数量 and 单价 nobody can tell which it is.
  const isBoth = best.column.numeric && second?.column.numeric
  return isBoth && second.distance < best.distance * 1.15 ? null : best.column.field
}
