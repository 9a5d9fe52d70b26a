import { defineWords } from './words.ts'
import { filesZh } from './zh-CN/files.ts'

/** Files: taking them, what came of them, their originals. */
export const useFilesWords = defineWords(filesZh, { en: () => import('./en/files.ts').then((file) => file.filesEn) })
