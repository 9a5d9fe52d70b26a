import {
  checkInvoice,
  emptyInvoice,
  kindFromIdentifier,
  parseCheckCode,
  parseCode,
  parseDate,
  parseDigitalNumber,
  parseMoney,
  parseNumber,
  regions,
  type Draft,
  type Field,
  type Invoice,
  type Kind,
} from '../domain/index.ts'

/** The words before a value in messages and copied pages, with the shape a value after them has. */
const labels = {
  code: /(?:发票|票据)?代码/,
  number: /(?:(?:数电票|电子发票|发票|票据|客票)?号码|发票号|电子客票号)/,
  issuedOn: /(?:开票日期|填开日期|开票时间|开具日期)/,
  amount: /(?:价税合计|含税金额|总金额|票价|小写)/,
  amountExTax: /(?:不含税金额|合计金额|税前金额)/,
  checkCode: /校验码/,
} as const
type Label = keyof typeof labels

const values: Readonly<Record<Label, RegExp>> = {
  code: /\d{12}|\d{10}|\d{8}/,
  number: /\d{20}|\d{8,10}/,
  issuedOn: /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{8}/,
  amount: /[¥￥]?\s*-?[\d,]+\.?\d{0,2}/,
  amountExTax: /[¥￥]?\s*-?[\d,]+\.?\d{0,2}/,
  checkCode: /(?:\d{5} ?){4}|[0-9A-Za-z]{6,20}/,
}

/** Between label and value: a closing bracket, brackets around 大写/小写, a colon, blanks and line ends, a currency word. */
const between = String.raw`\)?\s*(?:\([^)\n]{0,12}\))?\s*[:为是]?\s*(?:人民币|RMB|CNY)?\s*`
const anyLabel = new RegExp(
  (Object.keys(labels) as Label[])
    .map((label) => `(?<${label}>${labels[label].source}${between}(?:${values[label].source})(?![0-9A-Za-z]))`)
    .join('|'),
  'gu',
)

/**
 * Invoices in loose text. A value counts only behind its label; a bare 20-digit number only when it can be a 数电票 number and is the only one.
 * A label that comes a second time begins the next invoice.
 */
export function readLabelled(text: string): Draft[] {
  const plain = text.normalize('NFKC').replaceAll(' ', ' ')
  const found: Partial<Record<Label, string>>[] = [{}]
  for (const match of plain.matchAll(anyLabel)) {
    const [label, hit] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) as [Label, string]
    const value = new RegExp(`(?:${values[label].source})$`, 'u').exec(hit.trim())?.[0] ?? ''
    const last = found.at(-1) ?? {}
    if (last[label] === undefined) last[label] = value
    else if (last[label] !== value) found.push({ [label]: value })
  }
  const labelled = found.flatMap((one) => toDraft(one, plain) ?? [])
  return labelled.length > 0 ? labelled : bareNumber(plain)
}

function bareNumber(text: string): Draft[] {
  // No lookbehind: Safari before 16.4 cannot even load a file that has one.
  const numbers = [...new Set(text.match(/\d+/g))].filter((number) => {
    const parts = parseDigitalNumber(number)
    return parts !== null && parts.year >= 2020 && parts.region in regions
  })
  const [number] = numbers
  return numbers.length === 1 && number !== undefined ? [toDraft({ number }, text)].filter((draft) => draft !== null) : []
}

function toDraft(found: Partial<Record<Label, string>>, text: string): Draft | null {
  const read = <T>(label: Label, parse: (value: string) => T | null) => (found[label] === undefined ? null : parse(found[label]))
  const number = read('number', parseNumber)
  if (number === null) return null
  const code = number.length === 20 ? null : read('code', parseCode)
  const kind = kindOf(code, number, text)
  if (kind === null) return null
  const invoice: Invoice = {
    ...emptyInvoice(kind),
    code,
    number,
    issuedOn: read('issuedOn', parseDate),
    amount: read('amount', parseMoney),
    amountExTax: read('amountExTax', parseMoney),
    checkCode: read('checkCode', parseCheckCode),
  }
  const named = (['code', 'number', 'issuedOn', 'amount', 'amountExTax', 'checkCode'] as const).filter((field) => invoice[field] !== null)
  const provenance = Object.fromEntries([...named, 'kind' satisfies Field].map((field) => [field, 'text' as const]))
  return { invoice, provenance, checks: checkInvoice(invoice).filter(({ ok }) => ok !== null), problems: [] }
}

/** Special and ordinary 数电票 differ by a word only. */
function kindOf(code: string | null, number: string, text: string): Kind | null {
  const kind = kindFromIdentifier(code, number)
  return kind === 'digital-ordinary' && /专用发票/.test(text) ? 'digital-special' : kind
}
