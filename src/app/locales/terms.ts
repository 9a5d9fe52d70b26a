import { defineWords } from './words.ts'
import { termsZh } from './zh-CN/terms.ts'

/** Names of kinds, elements, fields, origins and checks. */
export const useTerms = defineWords(termsZh, { en: () => import('./en/terms.ts').then((file) => file.termsEn) })
