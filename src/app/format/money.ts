import { formatMoney, type Fen } from '../../domain/index.ts'

/** The figures of an amount with thousands separators and two digits, `1,280.00`; the minus of red invoices is a real one. */
export function figures(fen: Fen): string {
  const [yuan = '', digits = ''] = formatMoney(Math.abs(fen)).split('.')
  return `${fen < 0 ? '−' : ''}${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${digits}`
}

/** An amount inside running text: `¥ 1,280.00`. */
export function moneyText(fen: Fen): string {
  return `¥ ${figures(fen)}`
}
