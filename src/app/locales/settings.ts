import { defineWords } from './words.ts'
import { settingsZh } from './zh-CN/settings.ts'

/** Language, theme, storage, erase, about. */
export const useSettingsWords = defineWords(settingsZh, { en: () => import('./en/settings.ts').then((file) => file.settingsEn) })
