import { kindFromCode, parseDigitalNumber, type Kind } from '../../domain/index.ts'

/** The words over an invoice, most telling first. `digital` is the kind when the number has 20 digits and there is no code. */
const words: readonly { readonly pattern: RegExp; readonly paper: Kind | null; readonly digital: Kind | null }[] = [
  { pattern: /铁路电子客票/, paper: null, digital: 'rail' },
  { pattern: /航空运输电子客票行程单/, paper: null, digital: 'air' },
  { pattern: /二手车销售统一发票/, paper: 'used-vehicle', digital: null },
  { pattern: /机动车销售统一发票/, paper: 'motor-vehicle', digital: null },
  { pattern: /电子专用发票/, paper: 'vat-e-special', digital: 'digital-special' },
  { pattern: /出租(?:汽)?车/, paper: 'taxi', digital: null },
  { pattern: /通行费/, paper: 'toll', digital: null },
  { pattern: /电子普通发票/, paper: 'vat-e-ordinary', digital: 'digital-ordinary' },
  { pattern: /普通发票.?卷/, paper: 'vat-roll', digital: null },
  { pattern: /专用发票/, paper: 'vat-special', digital: 'digital-special' },
  { pattern: /普通发票/, paper: 'vat-ordinary', digital: 'digital-ordinary' },
  { pattern: /(?:财政|医疗|非税).*(?:票据|收据)/, paper: 'fiscal', digital: null },
]

/**
 * The kind that the words over an invoice name; null where they do not say. 数电票 and older invoices share words: 电子发票(…) is always
 * 数电票, and without it a 20-digit number or a code must tell which.
 */
export function kindOfTitle(title: string, code: string | null, number: string | null): Kind | null {
  const plain = title.normalize('NFKC').replace(/\s/g, '')
  const isDigital = code === null && (plain.includes('电子发票(') || (number !== null && parseDigitalNumber(number) !== null))
  if (!isDigital && code === null) return null
  const found = words.find(({ pattern, paper, digital }) => (isDigital ? digital : paper) !== null && pattern.test(plain))
  const kind = found ? (isDigital ? found.digital : found.paper) : null
  // Codes of the tax system's invoices begin with 0, or are shorter; those of Shenzhen's own chain do not.
  if (kind?.startsWith('vat-') && code?.length === 12 && !code.startsWith('0'))
    return plain.includes('深圳电子普通发票') ? 'blockchain' : null
  // A toll invoice is printed as 电子普通发票; only its code tells.
  return kind === 'vat-e-ordinary' && code !== null && kindFromCode(code) === 'toll' ? 'toll' : kind
}

/** The kind of a paper invoice of the 数电 series: it has a code and a short number, and prints a digital number beside them. */
export function paperKind(title: string): Kind {
  return title.includes('专用发票') ? 'digital-paper-special' : 'digital-paper-ordinary'
}
