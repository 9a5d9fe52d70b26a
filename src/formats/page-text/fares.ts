import { formatMoney, parseMoney } from '../../domain/index.ts'
import type { RawInvoice } from '../fields/index.ts'
import type { Row } from './rows.ts'

/** The columns of an air ticket's sum, from left to right; the rate stands among them. */
const columns = ['票价', '燃油附加费', '增值税税率', '增值税税额', '民航发展基金', '其他税费', '合计'] as const

/**
 * The sums of an air ticket (航空运输电子客票行程单): headings above, values below. The taxed part is fare plus fuel surcharge.
 * Taken only when every column has its value and the parts make up the whole.
 */
export function readFares(rows: readonly Row[]): Pick<RawInvoice, 'amountExTax' | 'tax' | 'amount'> {
  const head = rows.findIndex(({ text }) => columns.every((name) => text.includes(name)))
  const values = rows[head + 1]?.text
  if (head < 0 || values === undefined) return {}
  const money = String.raw`(?:CNY|¥)?(\d[\d,]*\.\d{2})`
  const match = new RegExp(`^${money}${money}(?:\\d{1,2}%|免税|\\*+)${money}${money}${money}${money}$`).exec(values)
  const [fare, fuel, tax, fund, other, total] = (match?.slice(1) ?? []).map(parseMoney)
  if (fare == null || fuel == null || tax == null || fund == null || other == null || total == null) return {}
  if (fare + fuel + tax + fund + other !== total) return {}
  return { amountExTax: formatMoney(fare + fuel), tax: formatMoney(tax), amount: formatMoney(total) }
}
