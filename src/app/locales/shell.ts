import { defineWords } from './words.ts'
import { shellZh } from './zh-CN/shell.ts'

/** Navigation, service line, toasts, prompts, and words that every page needs. */
export const useShellWords = defineWords(shellZh, { en: () => import('./en/shell.ts').then((file) => file.shellEn) })
