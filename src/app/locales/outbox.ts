import { defineWords } from './words.ts'
import { outboxZh } from './zh-CN/outbox.ts'

/** What is being asked, what waits, what needs a look. */
export const useOutboxWords = defineWords(outboxZh, { en: () => import('./en/outbox.ts').then((file) => file.outboxEn) })
