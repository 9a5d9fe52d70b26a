import { parseMoney } from '../../domain/index.ts'
import type { TextItem } from './item.ts'
import { compact, type Row } from './rows.ts'

const rate = /^(?:\d{1,2}(?:\.\d+)?%|免税|不征税|(?:出口|普通)?零税率|\*{2,})$/

/** The last words of a line of goods, with the rate among them. */
export interface Figures {
  readonly amount: TextItem
  readonly taxRate: TextItem | undefined
  readonly tax: TextItem | undefined
}

/** The figures that words end in; null where they are of no line of goods, or go on with one. */
export function figuresOf(words: readonly TextItem[], heading: Row): Figures | null {
  // Behind 免税 the tax is let out with stars, as a rate may be: the rate is what follows an amount.
  const at = words.findLastIndex(({ text }, index) => rate.test(compact(text)) && parseMoney(words[index - 1]?.text ?? '') !== null)
  const [amount, taxRate, tax] = at < 0 ? withoutRate(words, heading) : [words[at - 1], words[at], words[at + 1]]
  return amount ? { amount, taxRate, tax } : null
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
