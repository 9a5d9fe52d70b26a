import { defineWords } from './words.ts'
import { invoiceZh } from './zh-CN/invoice.ts'

/** The invoice page and its sheets. */
export const useInvoiceWords = defineWords(invoiceZh, { en: () => import('./en/invoice.ts').then((file) => file.invoiceEn) })
