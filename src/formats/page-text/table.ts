import { parseMoney } from '../../domain/index.ts'
import type { RawLine } from '../fields/index.ts'
import type { TextItem } from './item.ts'
import { compact, wordsOf, type Row } from './rows.ts'

/** What stands over the columns left of 金额. 单价 and 数量 hold numbers only. */
const columns = [
  { field: 'name', head: /项目名称|货物或应税劳务、?服务名称|货物名称/, numeric: false },
  { field: 'spec', head: /规格型号/, numeric: false },
  { field: 'unit', head: /单位/, numeric: false },
  { field: 'quantity', head: /数量/, numeric: true },
  { field: 'unitPrice', head: /单价/, numeric: true },
] as const

const rate = /^(?:\d{1,2}(?:\.\d+)?%|免税|不征税|\*{2,})$/
const number = /^-?\d+(?:\.\d+)?$/

/**
 * The goods lines of a page: the lines between the heading and 合计. A line with an amount opens one; words without an amount go on
 * with the name above.
 * @returns null when there is no table, or a line of it does not fit.
 */
export function readTable(rows: readonly Row[]): RawLine[] | null {
  const head = rows.findIndex(
    ({ text }) => text.includes('金额') && text.includes('税额') && (columns[0].head.test(text) || text.includes('规格型号')),
  )
  const foot = rows.findIndex(({ text }, index) => index > head && /^合计/.test(text))
  const heading = rows[head]
  if (!heading || foot < 0) return null
  const centres = columns.map(({ field, head: pattern, numeric }) => ({ field, numeric, x: centreOf(heading, pattern) }))
  const lines: Record<string, string>[] = []
  for (const words of rows.slice(head + 1, foot).map(wordsOf)) {
    const line = toLine(words, centres)
    if (line) lines.push(line)
    else {
      const above = lines.at(-1)
      if (!above || words.some(({ text }) => parseMoney(text) !== null)) return null
      above.name = (above.name ?? '') + words.map(({ text }) => text.trim()).join('')
    }
  }
  return lines.some(({ name = '' }) => /详见/.test(name)) ? null : lines
}

function toLine(
  words: readonly TextItem[],
  centres: readonly { field: string; numeric: boolean; x: number | null }[],
): Record<string, string> | null {
  const at = words.findLastIndex(({ text }) => rate.test(compact(text)))
  const amount = words[at - 1]
  if (!amount || parseMoney(amount.text) === null) return null
  const tax = words[at + 1]?.text.trim() ?? ''
  const line: Record<string, string> = { amount: amount.text.trim(), taxRate: compact(words[at]?.text ?? ''), tax }
  for (const item of words.slice(0, at - 1)) {
    const isNumber = number.test(compact(item.text))
    const field = nearest(item, centres, isNumber)
    if (field) line[field] = (line[field] ?? '') + item.text.trim()
  }
  return line
}

function nearest(
  item: TextItem,
  centres: readonly { field: string; numeric: boolean; x: number | null }[],
  isNumber: boolean,
): string | null {
  const middle = (item.x + item.right) / 2
  let best: { field: string; distance: number } | null = null
  for (const { field, numeric, x } of centres) {
    if (x === null || (numeric && !isNumber)) continue
    const distance = Math.abs(x - middle)
    if (best === null || distance < best.distance) best = { field, distance }
  }
  return best?.field ?? null
}

function centreOf(row: Row, pattern: RegExp): number | null {
  const match = pattern.exec(row.text)
  if (!match) return null
  const first = row.owners[match.index]
  const last = row.owners[match.index + match[0].length - 1]
  return first && last ? (first.x + last.right) / 2 : null
}
