import { defineWords } from './words.ts'
import { statusZh } from './zh-CN/status.ts'

/** How the service is and what became of the questions. */
export const useStatusWords = defineWords(statusZh, { en: () => import('./en/status.ts').then((file) => file.statusEn) })
