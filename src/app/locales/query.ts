import { defineWords } from './words.ts'
import { queryZh } from './zh-CN/query.ts'

/** Asking and seeing the answer. */
export const useQueryWords = defineWords(queryZh, { en: () => import('./en/query.ts').then((file) => file.queryEn) })
