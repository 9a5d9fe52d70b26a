import { ruleOf, shortCheckCode, type Element, type Invoice } from '../../domain/index.ts'
import { groupCheckCode, groupNumber } from '../format/digits.ts'
import { formatMoney } from '../../domain/index.ts'
import { moneyText } from '../format/money.ts'

/** Where a person can ask by themselves: 国家税务总局全国增值税发票查验平台, and the one of 财政部. */
const addresses = { tax: 'https://inv-veri.chinatax.gov.cn/', fiscal: 'https://pjcy.mof.gov.cn/' } as const

/** The platform of an invoice; null where there is none. */
export function platformOf(invoice: Pick<Invoice, 'kind'>): { readonly is: 'tax' | 'fiscal'; readonly url: string } | null {
  const { platform } = ruleOf(invoice.kind)
  return platform === null ? null : { is: platform, url: addresses[platform] }
}

/** One value the platform asks for: as it is read, and as it is typed there. */
export interface PlatformValue {
  readonly element: Element
  readonly shown: string
  readonly copied: string
}

/** What the platform's form asks for, in its order. The tax platform takes the last six digits of a check code, dates as 20250609. */
export function platformValues(invoice: Invoice, longDate: (date: string) => string): PlatformValue[] {
  const { platform, elements } = ruleOf(invoice.kind)
  return elements.flatMap((element): PlatformValue[] => {
    const value = invoice[element]
    if (value === null) return []
    switch (element) {
      case 'amount':
      case 'amountExTax':
        return [{ element, shown: moneyText(Number(value)), copied: formatMoney(Number(value)) }]
      case 'issuedOn':
        return [{ element, shown: longDate(String(value)), copied: String(value).replaceAll('-', '') }]
      case 'checkCode': {
        const code = platform === 'fiscal' ? String(value) : shortCheckCode(String(value))
        return [{ element, shown: groupCheckCode(code), copied: code }]
      }
      case 'hash':
        return [{ element, shown: String(value), copied: String(value) }]
      case 'code':
      case 'number':
        return [{ element, shown: groupNumber(String(value)), copied: String(value) }]
    }
  })
}
