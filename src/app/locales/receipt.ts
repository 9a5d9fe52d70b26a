import { defineWords } from './words.ts'
import { receiptZh } from './zh-CN/receipt.ts'

/** Receipts: what one says, what checking it came to, and what to do about that. */
export const useReceiptWords = defineWords(receiptZh, { en: () => import('./en/receipt.ts').then((file) => file.receiptEn) })
