import { parseMoney } from '../../domain/index.ts'
import type { RawLine } from '../fields/index.ts'
import { findHeading } from './heading.ts'
import type { TextItem } from './item.ts'
import { centred } from './centred.ts'
import { columnsOf, type Column, type ColumnField } from './columns.ts'
import { figuresOf } from './figures.ts'
import { asPrinted } from './look-alikes.ts'
import { modelsApart } from './models.ts'
import { cellField, textField, type Place } from './place.ts'
import { number, pricing } from './pricing.ts'
import { compact, wordsOf, type Row } from './rows.ts'
import { figuresApart } from './touching.ts'

/** Over a second table of its own below the goods: who travels, what is carried. */
const specialHeads = /^(?:序号)?(?:出行人|运输工具种类)/

/** A line of print, and its words, each of one cell. */
interface Line extends Row {
  readonly words: readonly TextItem[]
}

/** What the table of goods on a page says. */
export interface Table {
  /** Null when a line of it does not fit, or nobody can tell which words belong to which. */
  readonly lines: readonly RawLine[] | null
  /** A name reaches into the column of models: where nothing is left between the two, nobody can tell where it ends. */
  readonly isMixed: boolean
}

/**
 * The goods lines of a page: the lines between the heading and 合计.
 * @param end how the line below them begins.
 * @returns null when there is no table.
 */
export function readTable(rows: readonly Row[], end = /^合计/): Table | null {
  const found = findHeading(rows)
  if (!found) return null
  const { row: heading, to } = found
  const foot = rows.findIndex(({ text }, index) => index >= to && (end.test(text) || specialHeads.test(text)))
  if (foot < 0) return null
  const body = rows.slice(to, foot).filter(({ text }) => !nothingMore.test(text))
  // Lists begin with a number of their own.
  const left = Math.min(...body.map(({ items }) => items.find(({ text }) => !/^\s*\d+\s*$/.test(text))?.x ?? Number.POSITIVE_INFINITY))
  const place: Place = { columns: columnsOf(heading), heading, left }
  const figuresFrom = (place.columns.find(({ numeric }) => numeric)?.x ?? 0) - beforeFigures
  const { lines: words, isMixed } = modelsApart(
    body.map((row) => figuresApart(wordsOf(row), figuresFrom)),
    place,
  )
  const apart = body.map((row, index): Line => ({ ...row, words: words[index] ?? [] }))
  const lines = stackedLines(apart, place) ?? centredLines(apart, place)
  return { lines: lines?.some(({ name }) => /详见/.test(name ?? '')) ? null : lines, isMixed }
}

/** Quantities end at most this far before the middle of their heading. Millimetres. */
const beforeFigures = 8

/** What people write under the last line, so that nobody adds another. */
const nothingMore = /^[-—*\/(]*(?:此[行处])?以下空白[-—*\/)]*$/

/** A line with an amount opens one; words without an amount go on with the cells above. */
function stackedLines(body: readonly Line[], place: Place): RawLine[] | null {
  const { columns, heading } = place
  const lines: Record<string, string>[] = []
  const last = body.findLastIndex((row) => figuresOf(row.words, heading) !== null)
  for (const [index, row] of body.entries()) {
    const { words } = row
    const line = toLine(words, place)
    if (line) lines.push(line)
    else {
      const above = lines.at(-1)
      if (!above || words.some((item) => isAmount(item, columns)) || (index < last && isOfNext(body, index))) return null
      for (const [at, item] of words.entries()) {
        const field = textField(words, at, place)
        if (field) above[field] = (above[field] ?? '') + asPrinted(item.text).trim()
      }
    }
  }
  return lines
}

/** Cells set around their middle: words stand above and below the numbers that they belong to. */
function centredLines(body: readonly Line[], place: Place): RawLine[] | null {
  const { columns, heading } = place
  const lines: { readonly y: number; readonly figures: Record<string, string> }[] = []
  const cells = new Map<ColumnField, TextItem[]>()
  for (const row of body) {
    const { words } = row
    const amount = figuresOf(words, heading)?.amount
    const line = toLine(words, place)
    if (amount && line) lines.push({ y: amount.y, figures: line })
    else if (words.some((item) => isAmount(item, columns))) return null
    for (const [at, item] of (amount ? words.slice(0, words.indexOf(amount)) : words).entries()) {
      const field = amount ? cellField(item, place, number.test(compact(item.text))) : textField(words, at, place)
      if (field && field !== 'quantity' && field !== 'unitPrice') cells.set(field, [...(cells.get(field) ?? []), item])
    }
  }
  const anchors = lines.map(({ y }) => y)
  const texts: Record<string, string>[] = lines.map(() => ({}))
  for (const [field, items] of cells) {
    const parts = centred(inLines(items), anchors)
    if (!parts) return null
    for (const [index, part] of parts.entries()) texts[index]![field] = part.map(({ text }) => text).join('')
  }
  return lines.map(({ figures }, index) => ({ ...figures, name: '', spec: '', unit: '', ...texts[index] }))
}

/** The pieces of one column that stand on one baseline, as one. */
function inLines(items: readonly TextItem[]): TextItem[] {
  const lines: TextItem[] = []
  for (const item of items.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const last = lines.at(-1)
    const text = asPrinted(item.text).trim()
    if (last && item.y - last.y < 0.5) lines[lines.length - 1] = { ...last, text: last.text + text }
    else lines.push({ ...item, text })
  }
  return lines
}

/** Whether a number may be one of the columns of numbers, rather than the end of a name or a model. */
function isAmount(item: TextItem, columns: readonly Column[]): boolean {
  const first = columns.find(({ numeric }) => numeric)
  return parseMoney(item.text) !== null && (first === undefined || item.right > first.x)
}

/**
 * Whether words without an amount may belong to the line below them: they stand nearer to it, as in cells set around their middle, or begin
 * as every name of goods does (`*category*`). Nobody can tell then where a name ends.
 */
function isOfNext(body: readonly Line[], index: number): boolean {
  const [before, row, after] = [body[index - 1], body[index], body[index + 1]]
  if (!before || !row) return false
  return /^\*[^*]+\*/.test(row.text) || (after !== undefined && after.y - row.y < 0.8 * (row.y - before.y))
}

function toLine(words: readonly TextItem[], place: Place): Record<string, string> | null {
  const figures = figuresOf(words, place.heading)
  if (!figures) return null
  const { amount, taxRate, tax } = figures
  const line: Record<string, string> = { amount: amount.text.trim(), taxRate: compact(taxRate?.text ?? ''), tax: tax?.text.trim() ?? '' }
  const numbers: { field: 'quantity' | 'unitPrice'; text: string; right: number }[] = []
  for (const item of words.slice(0, words.indexOf(amount))) {
    const field = cellField(item, place, number.test(compact(item.text)))
    if (field === 'quantity' || field === 'unitPrice') numbers.push({ field, text: compact(item.text), right: item.right })
    else if (field) line[field] = (line[field] ?? '') + asPrinted(item.text).trim()
  }
  return { ...line, ...pricing(numbers, parseMoney(amount.text)) }
}
