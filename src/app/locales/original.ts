import { defineWords } from './words.ts'
import { originalZh } from './zh-CN/original.ts'

/** Originals as they look. */
export const useOriginalWords = defineWords(originalZh, { en: () => import('./en/original.ts').then((file) => file.originalEn) })
