import { defineWords } from './words.ts'
import { formatZh } from './zh-CN/format.ts'

/** Dates, times, ages. */
export const useFormatWords = defineWords(formatZh, { en: () => import('./en/format.ts').then((file) => file.formatEn) })
