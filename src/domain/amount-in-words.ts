import type { Check } from './invoice.ts'
import type { Fen } from './money.ts'

const digits: Readonly<Record<string, number>> = Object.fromEntries(
  ['零〇', '壹一', '贰二两', '叁三', '肆四', '伍五', '陆六', '柒七', '捌八', '玖九'].flatMap((chars, value) =>
    [...chars].map((char) => [char, value]),
  ),
)
const units: Readonly<Record<string, number>> = { 拾: 10, 十: 10, 佰: 100, 百: 100, 仟: 1000, 千: 1000 }
const blocks: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 }

/**
 * Reads 价税合计(大写): `壹万零陆佰圆整`, `负壹佰元伍角`, `（负数）壹佰圆整`, `肆佰捌拾陆元零叁分`.
 * @returns fen, or null for anything that is no amount in words.
 */
export function parseAmountInWords(text: string): Fen | null {
  const plain = text.normalize('NFKC').replace(/[\s()（）⊗ⓧ]/g, '')
  const match = /^(负数?|-)?(?:人民币)?(?:(.+?)[圆元圓])?(?:(零?.)角)?(?:(零?.)分)?[整正]?$/.exec(plain)
  if (!match) return null
  const [, sign, yuanText, jiaoText, fenText] = match
  if (yuanText === undefined && jiaoText === undefined && fenText === undefined) return null
  const yuan = yuanText === undefined ? 0 : parseWhole(yuanText)
  const jiao = parseDigit(jiaoText)
  const fen = parseDigit(fenText)
  if (yuan === null || jiao === null || fen === null) return null
  const total = yuan * 100 + jiao * 10 + fen
  return sign === undefined || total === 0 ? total : -total
}

/** 大写 = 小写. Unknown when either is missing or the words cannot be read. */
export function checkAmountInWords(words: string | null, amount: Fen | null): Check {
  const spoken = words === null ? null : parseAmountInWords(words)
  return { name: 'amount-in-words', ok: spoken === null || amount === null ? null : spoken === amount }
}

function parseDigit(text: string | undefined): number | null {
  if (text === undefined) return 0
  return digits[text.length === 2 ? text.slice(1) : text] ?? null
}

/** Whole yuan. 亿 closes what stands before it, 万 the block after that; 拾 alone means ten. */
function parseWhole(text: string): number | null {
  let total = 0
  let block = 0
  let digit: number | null = null
  for (const char of text) {
    const value = digits[char]
    const unit = units[char]
    const size = blocks[char]
    if (value !== undefined) {
      // Two figures without a unit between them are no amount; 零 only holds a place.
      if (digit) return null
      digit = value
    } else if (unit !== undefined) {
      block += (digit ?? 1) * unit
      digit = null
    } else if (size !== undefined) {
      block += digit ?? 0
      digit = null
      if (size === 1e8) total = (total + block) * size
      else total += block * size
      block = 0
    } else return null
  }
  return total + block + (digit ?? 0)
}
