import type { Line } from './invoice.ts'

/**
 * price × quantity ≈ amount, for every line that has all three. Both are printed rounded, so each may be off by half of its last digit;
 * issuing software allows one more fen.
 */
export function priceTimesQuantity(lines: readonly Line[]): boolean | null {
  return every(lines, ({ unitPrice, quantity, amount }) => {
    const price = parseDecimal(unitPrice)
    const count = parseDecimal(quantity)
    if (price === null || count === null || amount === null) return null
    const slack = 0.0101 + Math.abs(count.value) * price.half + Math.abs(price.value) * count.half
    return Math.abs(price.value * count.value - amount / 100) <= slack
  })
}

/** rate × amount ≈ tax, for every line that has all three; issuing software allows 0.06 yuan a line. */
export function rateTimesNet(lines: readonly Line[]): boolean | null {
  return every(lines, ({ taxRate, amount, tax }) => {
    const rate = taxRate === null ? null : parseRate(taxRate)
    return rate === null || amount === null || tax === null ? null : Math.abs((rate * amount) / 100 - tax / 100) <= 0.0601
  })
}

/**
 * A tax rate as printed: `6%`, `13.00%`, `0.060000`, `0.06`.
 * @returns the fraction, or null for words (免税, 不征税) and for a bare number from 1 on, which could mean either.
 */
export function parseRate(text: string): number | null {
  const match = /^(\d{1,3}(?:\.\d{1,8})?)(%?)$/.exec(text.normalize('NFKC').replace(/\s/g, ''))
  if (!match) return null
  const value = Number(match[1])
  if (match[2] === '%') return value / 100
  return value < 1 ? value : null
}

function parseDecimal(text: string | null): { value: number; half: number } | null {
  const plain = text?.normalize('NFKC').replace(/[\s,¥]/g, '') ?? ''
  const match = /^-?\d{1,15}(?:\.(\d{1,20}))?$/.exec(plain)
  // Whole numbers are exact: nobody rounds a count to whole pieces.
  return match ? { value: Number(plain), half: match[1] === undefined ? 0 : 0.5 * 10 ** -match[1].length } : null
}

/** False if one is false, true if one is true and none false, else unknown. */
function every(lines: readonly Line[], check: (line: Line) => boolean | null): boolean | null {
  const results = lines.map(check)
  if (results.includes(false)) return false
  return results.includes(true) ? true : null
}
