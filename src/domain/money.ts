/** An amount of money in integer fen (1/100 yuan). Negative on red invoices. */
export type Fen = number

const pattern = /^([+-]?)(\d{1,13})(?:\.(\d*))?$/

/**
 * Reads an amount as invoices print it: `57`, `6.2`, `1,234.50`, `¥ 8.00`, full-width digits, red `-100.00`.
 * @returns fen, or null when the text is not an amount or has a fraction of a fen (never rounded: that would be silently wrong).
 */
export function parseMoney(text: string): Fen | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[¥￥\s]/g, '')
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace('−', '-')
  const match = pattern.exec(plain)
  if (!match) return null
  const [, sign, yuan = '', fraction = ''] = match
  if (/[^0]/.test(fraction.slice(2))) return null
  const fen = Number(yuan) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'))
  if (!Number.isSafeInteger(fen)) return null
  return sign === '-' && fen !== 0 ? -fen : fen
}

/** The wire and CSV form: a decimal string with two digits, `-100.00`. */
export function formatMoney(fen: Fen): string {
  const digits = String(Math.abs(fen)).padStart(3, '0')
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
