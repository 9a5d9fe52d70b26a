import { defineWords } from './words.ts'
import { verdictsZh } from './zh-CN/verdicts.ts'

/** What may be said of an answer, of a query that waits and of an own note. The table is product.md's. */
export const useVerdictWords = defineWords(verdictsZh, { en: () => import('./en/verdicts.ts').then((file) => file.verdictsEn) })
