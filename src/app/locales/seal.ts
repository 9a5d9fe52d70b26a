import { defineWords } from './words.ts'
import { sealZh } from './zh-CN/seal.ts'

/** What may be said of the signatures in a file, and of the lists they are judged by. The table is product.md's. */
export const useSealWords = defineWords(sealZh, { en: () => import('./en/seal.ts').then((file) => file.sealEn) })
