import { parseMoney } from '../../domain/index.ts'
import { cut, jointAt, type TextItem } from './item.ts'
import { number } from './pricing.ts'
import { compact } from './rows.ts'

const rates = String.raw`\d{1,2}(?:\.\d+)?%|免税|不征税|\*{2,}`
/** An amount has two decimals: what follows them is the rate. */
const beforeRate = new RegExp(`^-?[\\d.,-]*\\.\\d\\d(?=(?:${rates})(?:$|-?[\\d,]+\\.\\d\\d$|\\*))`)
const beforeTax = new RegExp(`^(?:${rates})(?=-?[\\d,]+\\.\\d\\d$|\\*{2,}$)`)
const rate = new RegExp(`^(?:${rates})$`)
const price = /^(?:0|[1-9]\d*)(?:\.\d+)?$/
const money = /^-?(?:0|[1-9][\d,]*)\.\d\d$/
const figures = /^-?[\d.,-]+$/

/** Longer ones are no figures of an invoice; the ways to take them apart would only cost time. */
const longest = 48

/**
 * The words of a line of goods; those that are several figures which touch are taken apart, where that can be done in one way only.
 * @param left where figures begin at the earliest. Millimetres.
 */
export function figuresApart(words: readonly TextItem[], left: number): readonly TextItem[] {
  const single = words.flatMap((word) => after(word, beforeRate)).flatMap((word) => after(word, beforeTax))
  const at = single.findLastIndex(({ text }, index) => rate.test(compact(text)) && figures.test(compact(single[index - 1]?.text ?? '')))
  const last = single[at - 1]
  if (!last) return single
  const numbers = single.slice(0, at - 1).filter(({ text, right }) => right > left && number.test(compact(text)))
  const parts = pricedApart(numbers, last)
  return parts ? [...single.slice(0, at - 1 - numbers.length), ...parts, ...single.slice(at)] : single
}

function after(word: TextItem, pattern: RegExp): readonly TextItem[] {
  const end = word.text.length > longest ? undefined : pattern.exec(word.text)?.[0].length
  return end === undefined ? [word] : cut(word, jointAt(word, end))
}

/** What stands before the rate, where less than a quantity, a price and an amount are seen. */
function pricedApart([before, other]: readonly TextItem[], last: TextItem): readonly TextItem[] | null {
  if (other) return null
  if (!before) return wholeOf(last)
  const isMoney = parseMoney(last.text) !== null
  if (isMoney) {
    const amount = Number(last.text.replaceAll(',', ''))
    const parts = chosen(
      before,
      ends(before, true).filter((at) => makesUp(before.text.slice(0, at), before.text.slice(at), amount)),
    )
    if (parts) return [...parts, last]
  }
  // 96 and 96.00 in one piece are 9696.00: then only a joint tells.
  const count = compact(before.text)
  const parts = chosen(
    last,
    ends(last, isMoney).filter((at) => isPriced(count, last.text.slice(0, at), last.text.slice(at))),
  )
  return parts && [before, ...parts]
}

/** All three in one. */
function wholeOf(last: TextItem): readonly TextItem[] | null {
  if (parseMoney(last.text) !== null) return null
  const ways = ends(last, false).flatMap((at) => {
    const [head, tail] = cut(last, jointAt(last, at))
    const priced = ends(tail, false).filter((end) => isPriced(head.text, tail.text.slice(0, end), tail.text.slice(end)))
    return priced.map((end) => [head, ...cut(tail, jointAt(tail, end))])
  })
  const drawn = ways.filter((parts) => parts.slice(1).every(({ x }) => (last.joints ?? []).some(({ by }) => by === x - last.x)))
  return drawn.length === 1 ? (drawn[0] ?? null) : ways.length === 1 ? (ways[0] ?? null) : null
}

/** Where a text may be two: at its joints, or anywhere. */
function ends({ text, joints = [] }: TextItem, atJoints: boolean): number[] {
  if (text.length > longest) return []
  return atJoints ? joints.map(({ at }) => at) : [...text].map((_, at) => at).slice(1)
}

/** The two parts of an item, if there is one way to take it apart; one at a joint counts before the others. */
function chosen(item: TextItem, ways: readonly number[]): readonly TextItem[] | null {
  const drawn = ways.filter((way) => item.joints?.some(({ at }) => at === way))
  const [way, other] = drawn.length > 0 ? drawn : ways
  return way === undefined || other !== undefined ? null : cut(item, jointAt(item, way))
}

function isPriced(count: string, unitPrice: string, amount: string): boolean {
  return money.test(amount) && makesUp(count, unitPrice, Number(amount.replaceAll(',', '')))
}

/** Quantity × price is the amount, as exactly as the price is printed. */
function makesUp(count: string, unitPrice: string, amount: number): boolean {
  if (!number.test(count) || !price.test(unitPrice) || amount === 0) return false
  const decimals = unitPrice.split('.')[1]?.length
  const slack = 0.0051 + (decimals === undefined ? 0 : Math.abs(Number(count)) * 0.5 * 10 ** -decimals)
  return Math.abs(Number(count) * Number(unitPrice) - amount) <= slack
}
