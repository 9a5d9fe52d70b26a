import { all, textOf, type XmlElement } from '../xml/index.ts'
import { readXmlFile } from '../xml-invoice/index.ts'
import type { InvoiceForm } from './shown.ts'

/** What the dialects call what only the layout needs, lower case. */
const names = {
  amountInWords: [
    'totaltax-includedamountinchinese',
    'totaltaxincludedamountinchinese',
    'taxincludedamountinwords',
    '价税合计大写',
    '价税合计（大写）',
  ],
  drawer: ['drawer', 'invoiceclerk', 'kpr', '开票人'],
  payee: ['payee', 'skr', '收款人'],
  reviewer: ['checker', 'reviewer', 'fhr', '复核人', '复核'],
} as const

/** The invoices of an XML file as the standard layout prints them. What two invoices of one file say differently is left blank. */
export function formsOf(root: XmlElement): InvoiceForm[] {
  const one = (wanted: readonly string[]) => {
    const [text, second] = new Set(all(root, ...wanted).flatMap((element) => textOf(element) ?? []))
    return text !== undefined && second === undefined ? text.slice(0, 100) : null
  }
  return readXmlFile(root).drafts.map(({ invoice }) => ({
    invoice,
    amountInWords: one(names.amountInWords),
    drawer: one(names.drawer),
    payee: one(names.payee),
    reviewer: one(names.reviewer),
  }))
}
