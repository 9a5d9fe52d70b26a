import type { TextItem } from './item.ts'
import { rowsOf, type Row } from './rows.ts'

/** Half a line of text. Millimetres. */
const near = 1.5

/**
 * The sheets of one invoice as one: the head of the first, the goods lines of all, and the sums of the last. Long invoices repeat head and
 * table on every sheet, each with a 小计 of its own.
 * @returns null when a sheet has no such table.
 */
export function joinSheets(sheets: readonly (readonly TextItem[])[]): TextItem[] | null {
  const joined: TextItem[] = []
  let from = 0
  for (const [index, items] of sheets.entries()) {
    const rows = rowsOf(items)
    const head = rows.find(isHeading)
    const isLast = index === sheets.length - 1
    const below = (pattern: RegExp) => rows.find((row) => head !== undefined && row.y > head.y && pattern.test(row.text))
    const foot = below(/^[小合]计/) ?? (isLast ? undefined : below(/^(?:价税合计|备注|收款人|开票人)/))
    const sums = rows.find((row) => foot !== undefined && row.y >= foot.y && /^合计/.test(row.text))
    if (!head || !foot || (isLast && !sums)) return null
    if (index === 0) {
      joined.push(...items.filter(({ y }) => y <= head.y + near))
      from = head.y
    }
    const by = from - head.y
    joined.push(...items.filter(({ y }) => y > head.y + near && y < foot.y - near).map((item) => ({ ...item, y: item.y + by })))
    from += foot.y - head.y
    if (isLast && sums) joined.push(...items.filter(({ y }) => y >= sums.y - near).map((item) => ({ ...item, y: item.y - sums.y + from })))
  }
  return joined
}

function isHeading({ text }: Row): boolean {
  return /(?:项目名称|服务名称|货物名称)/.test(text) && text.includes('金额') && text.includes('税额')
}
