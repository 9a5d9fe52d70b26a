import { parseMoney } from '../../domain/index.ts'
import type { RawLine } from '../fields/index.ts'
import { findHeading } from './heading.ts'
import type { TextItem } from './item.ts'
import { centred } from './centred.ts'
import { columnsOf, modelsBegin, nameEnd, nearest, type Column, type ColumnField } from './columns.ts'
import { asPrinted } from './look-alikes.ts'
import { number, pricing } from './pricing.ts'
import { compact, wordsOf, type Row } from './rows.ts'

const rate = /^(?:\d{1,2}(?:\.\d+)?%|免税|不征税|(?:出口|普通)?零税率|\*{2,})$/

/** Over a second table of its own below the goods: who travels, what is carried. */
const specialHeads = /^(?:序号)?(?:出行人|运输工具种类)/

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
  const lines = stackedLines(body, place) ?? centredLines(body, place)
  return { lines: lines?.some(({ name }) => /详见/.test(name ?? '')) ? null : lines, isMixed: body.some((row) => isMixed(row, place)) }
}

function isMixed(row: Row, place: Place): boolean {
  const { columns, heading } = place
  const models = modelsBegin(heading)
  if (models === null) return false
  const words = wordsOf(row)
  const amount = figuresOf(words, heading)?.amount
  const fields = words.map((item, at) => (amount ? nearest(item, columns, false) : textField(words, at, place)))
  return !fields.includes('spec') && words.some((item, at) => fields[at] === 'name' && item.x < nameEnd(heading) && item.right > models)
}

/** What people write under the last line, so that nobody adds another. */
const nothingMore = /^[-—*\/(]*(?:此[行处])?以下空白[-—*\/)]*$/

/** A line with an amount opens one; words without an amount go on with the cells above. */
function stackedLines(body: readonly Row[], place: Place): RawLine[] | null {
  const { columns, heading } = place
  const lines: Record<string, string>[] = []
  const last = body.findLastIndex((row) => figuresOf(wordsOf(row), heading) !== null)
  for (const [index, row] of body.entries()) {
    const words = wordsOf(row)
    const line = toLine(words, columns, heading)
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
function centredLines(body: readonly Row[], place: Place): RawLine[] | null {
  const { columns, heading } = place
  const lines: { readonly y: number; readonly figures: Record<string, string> }[] = []
  const cells = new Map<ColumnField, TextItem[]>()
  for (const row of body) {
    const words = wordsOf(row)
    const amount = figuresOf(words, heading)?.amount
    const line = toLine(words, columns, heading)
    if (amount && line) lines.push({ y: amount.y, figures: line })
    else if (words.some((item) => isAmount(item, columns))) return null
    for (const [at, item] of (amount ? words.slice(0, words.indexOf(amount)) : words).entries()) {
      const field = amount ? nearest(item, columns, number.test(compact(item.text))) : textField(words, at, place)
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

/** The column of words without an amount beside them. Names begin at the left edge of the table, or go on close behind one that does. */
function textField(words: readonly TextItem[], index: number, { columns, heading, left }: Place): ColumnField | null {
  const [before, item] = [words[index - 1], words[index]]
  if (!item) return null
  const isName = item.x - left < aligned || (before !== undefined && item.x - before.right < wordGap)
  return isName && item.x < nameEnd(heading) ? 'name' : nearest(item, columns, false)
}

/** Where words stand: the columns, their heading, and the left edge of what is under it. */
interface Place {
  readonly columns: readonly Column[]
  readonly heading: Row
  readonly left: number
}

const aligned = 1.5
const wordGap = 2

/** Whether a number may be one of the columns of numbers, rather than the end of a name or a model. */
function isAmount(item: TextItem, columns: readonly Column[]): boolean {
  const first = columns.find(({ numeric }) => numeric)
  return parseMoney(item.text) !== null && (first === undefined || item.right > first.x)
}

/**
 * Whether words without an amount may belong to the line below them: they stand nearer to it, as in cells set around their middle, or begin
 * as every name of goods does (`*category*`). Nobody can tell then where a name ends.
 */
function isOfNext(body: readonly Row[], index: number): boolean {
  const [before, row, after] = [body[index - 1], body[index], body[index + 1]]
  if (!before || !row) return false
  return /^\*[^*]+\*/.test(row.text) || (after !== undefined && after.y - row.y < 0.8 * (row.y - before.y))
}

/** The last words of a line of goods, with the rate among them. */
interface Figures {
  readonly amount: TextItem
  readonly taxRate: TextItem | undefined
  readonly tax: TextItem | undefined
}

function figuresOf(words: readonly TextItem[], heading: Row): Figures | null {
  // Behind 免税 the tax is let out with stars, as a rate may be: the rate is what follows an amount.
  const at = words.findLastIndex(({ text }, index) => rate.test(compact(text)) && parseMoney(words[index - 1]?.text ?? '') !== null)
  const [amount, taxRate, tax] = at < 0 ? withoutRate(words, heading) : [words[at - 1], words[at], words[at + 1]]
  return amount ? { amount, taxRate, tax } : null
}

function toLine(words: readonly TextItem[], columns: readonly Column[], heading: Row): Record<string, string> | null {
  const figures = figuresOf(words, heading)
  if (!figures) return null
  const { amount, taxRate, tax } = figures
  const line: Record<string, string> = { amount: amount.text.trim(), taxRate: compact(taxRate?.text ?? ''), tax: tax?.text.trim() ?? '' }
  const numbers: { field: 'quantity' | 'unitPrice'; text: string; right: number }[] = []
  for (const item of words.slice(0, words.indexOf(amount))) {
    const field = nearest(item, columns, number.test(compact(item.text)))
    if (field === 'quantity' || field === 'unitPrice') numbers.push({ field, text: compact(item.text), right: item.right })
    else if (field) line[field] = (line[field] ?? '') + asPrinted(item.text).trim()
  }
  return { ...line, ...pricing(numbers, parseMoney(amount.text)) }
}

/** Amount and tax side by side, each under its heading: where tax is due on a part of the price only, no rate is printed. */
function withoutRate(words: readonly TextItem[], heading: Row): (TextItem | undefined)[] {
  const [amount, tax] = words.slice(-2)
  const isUnder = (item: TextItem | undefined, head: string) => {
    const from = heading.text.indexOf(head)
    const [left, right] = [heading.owners[from]?.x ?? 0, heading.owners[from + 1]?.right ?? 0]
    return item !== undefined && /\.\d\d$/.test(item.text) && parseMoney(item.text) !== null && item.right > left && item.x < right
  }
  return isUnder(amount, '金额') && isUnder(tax, '税额') ? [amount, undefined, tax] : []
}
