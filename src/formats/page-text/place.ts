import { nameEnd, nearest, type Column, type ColumnField } from './columns.ts'
import type { TextItem } from './item.ts'
import type { Row } from './rows.ts'

/** Where the words of a table stand: the columns, their heading, and the left edge of what is under it. */
export interface Place {
  readonly columns: readonly Column[]
  readonly heading: Row
  readonly left: number
}

/** Names begin this near to the left edge. Millimetres. */
export const aligned = 1.5
const wordGap = 2

/** The column of words beside an amount. What begins where names do is one, however far it goes. */
export function cellField(item: TextItem, { columns, heading, left }: Place, isNumber: boolean): ColumnField | null {
  const isName = !isNumber && Math.abs(item.x - left) < aligned && item.x < nameEnd(heading)
  return isName ? 'name' : nearest(item, columns, isNumber)
}

/** The column of words without an amount beside them. Names begin at the left edge of the table, or go on close behind one that does. */
export function textField(words: readonly TextItem[], index: number, { columns, heading, left }: Place): ColumnField | null {
  const [before, item] = [words[index - 1], words[index]]
  if (!item) return null
  const isName = item.x - left < aligned || (before !== undefined && item.x - before.right < wordGap)
  return isName && item.x < nameEnd(heading) ? 'name' : nearest(item, columns, false)
}
