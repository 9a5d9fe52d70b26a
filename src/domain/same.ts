import type { Line } from './invoice.ts'
import { parseRate } from './line-checks.ts'

/** Two printings of the same words: white space, width and bracket forms differ between routes (a page wraps, XML does not). */
export function sameText(a: string, b: string): boolean {
  return fold(a) === fold(b)
}

/** Two readings of the same goods lines: as many, and no line contradicts the other. What one reading lacks is no contradiction. */
export function sameLines(a: readonly Line[], b: readonly Line[]): boolean {
  return a.length === b.length && a.every((line, index) => sameLine(line, b[index]))
}

function sameLine(a: Line, b: Line | undefined): boolean {
  if (b === undefined) return false
  return (
    both(a.name, b.name, sameText) &&
    both(a.spec, b.spec, sameText) &&
    both(a.unit, b.unit, sameText) &&
    both(a.quantity, b.quantity, sameDecimal) &&
    both(a.unitPrice, b.unitPrice, sameDecimal) &&
    both(a.amount, b.amount, Object.is) &&
    both(a.taxRate, b.taxRate, sameRate) &&
    both(a.tax, b.tax, Object.is)
  )
}

function both<T>(a: T | null, b: T | null, same: (a: T, b: T) => boolean): boolean {
  return a === null || b === null || same(a, b)
}

/** Numbers of which one may be printed with fewer digits: 4197.16981132 and 4197.17 say the same. */
function sameDecimal(a: string, b: string): boolean {
  if (sameText(a, b)) return true
  // A count of whole or half pieces is exact: 1 is not a shorter way to say 0.6.
  if (Math.min(decimals(a), decimals(b)) < 2) return plain(a) === plain(b)
  const [short, long] = decimals(a) <= decimals(b) ? [a, b] : [b, a]
  const difference = Math.abs(plain(short) - plain(long))
  return difference <= 0.5 * 10 ** -decimals(short) * (1 + 1e-9)
}

function sameRate(a: string, b: string): boolean {
  const [x, y] = [parseRate(a), parseRate(b)]
  return x !== null && y !== null ? Math.abs(x - y) < 1e-9 : sameText(a, b)
}

function decimals(text: string): number {
  return /\.(\d*)/.exec(text)?.[1]?.length ?? 0
}

function plain(text: string): number {
  return Number(text.normalize('NFKC').replace(/[\s,¥]/g, ''))
}

function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}
