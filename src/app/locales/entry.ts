import { defineWords } from './words.ts'
import { entryZh } from './zh-CN/entry.ts'

/** The form of manual entry, shared by /add and /query. */
export const useEntryWords = defineWords(entryZh, { en: () => import('./en/entry.ts').then((file) => file.entryEn) })
