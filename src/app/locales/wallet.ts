import { defineWords } from './words.ts'
import { walletZh } from './zh-CN/wallet.ts'

/** The wallet page. */
export const useWalletWords = defineWords(walletZh, { en: () => import('./en/wallet.ts').then((file) => file.walletEn) })
