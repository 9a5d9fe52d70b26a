import { defineWords } from './words.ts'
import { scanZh } from './zh-CN/scan.ts'

/** Scanning and everything else that brings a picture or text in. */
export const useScanWords = defineWords(scanZh, { en: () => import('./en/scan.ts').then((file) => file.scanEn) })
