import { formatMoney, parseMoney, type Fen } from '../../domain/index.ts'
import type { RawInvoice } from '../fields/index.ts'
import { compact, wordsOf, type Row } from './rows.ts'

/** The columns of an air ticket's sum, from left to right; the rate stands among them. */
const columns = ['票价', '燃油附加费', '增值税税率', '增值税税额', '民航发展基金', '其他税费', '合计'] as const
type Fares = Partial<Record<(typeof columns)[number], Fen>>

/**
 * The sums of an air ticket (航空运输电子客票行程单): headings above, values below. The taxed part is fare plus fuel surcharge.
 * Taken only when the parts make up the whole; a part that is let out counts as nothing.
 */
export function readFares(rows: readonly Row[]): Pick<RawInvoice, 'amountExTax' | 'tax' | 'amount'> {
  const head = rows.findIndex(({ text }) => columns.every((name) => text.includes(name)))
  const [heading, values] = [rows[head], rows[head + 1]]
  if (!heading || !values) return {}
  const {
    票价: fare,
    燃油附加费: fuel = 0,
    增值税税额: tax,
    民航发展基金: fund = 0,
    其他税费: other = 0,
    合计: total,
  } = faresOf(heading, values)
  if (fare === undefined || tax === undefined || total === undefined || fare + fuel + tax + fund + other !== total) return {}
  return { amountExTax: formatMoney(fare + fuel), tax: formatMoney(tax), amount: formatMoney(total) }
}

/** All seven in a row, however they are cut into pieces; or else those that there are, each under its heading. */
function faresOf(heading: Row, values: Row): Fares {
  const money = String.raw`(?:CNY|¥)?(\d[\d,]*\.\d{2})`
  const match = new RegExp(`^${money}${money}(?:\\d{1,2}%|免税|\\*+)${money}${money}${money}${money}$`).exec(values.text)
  const fares: Fares = {}
  const set = (name: (typeof columns)[number] | undefined, text: string) => {
    const fen = parseMoney(text)
    if (name !== undefined && fen !== null) fares[name] = fen
  }
  if (match) {
    for (const [index, name] of columns.filter((one) => one !== '增值税税率').entries()) set(name, match[index + 1] ?? '')
    return fares
  }
  const heads = columns.map((name) => {
    const from = heading.text.lastIndexOf(name)
    return { name, x: heading.owners[from]?.x ?? 0, right: heading.owners[from + name.length - 1]?.right ?? 0 }
  })
  for (const item of wordsOf(values)) {
    const distance = ({ x, right }: { x: number; right: number }) => Math.abs(x + right - item.x - item.right)
    const near = heads.toSorted((a, b) => distance(a) - distance(b))[0]
    set(near?.name, compact(item.text).replace(/^(?:CNY|CN|YQ|¥)/, ''))
  }
  return fares
}
