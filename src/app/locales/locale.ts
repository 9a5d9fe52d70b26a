import { ref, type Ref } from 'vue'

/** The languages of the app. zh-CN is in every bundle; the others are loaded when chosen. */
export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

const current = ref<Locale>('zh-CN')

/** The language on screen. Reactive; set it with {@link setLocale}. */
export const locale: Readonly<Ref<Locale>> = current

/** The first of the person's languages that we speak; zh-CN when there is none. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (language.toLowerCase().startsWith('zh')) return 'zh-CN'
    if (language.toLowerCase().startsWith('en')) return 'en'
  }
  return 'zh-CN'
}

/** Switches the language. Await {@link import('./words.ts').wordsReady} to be sure that nothing flashes in the old one. */
export function setLocale(to: Locale): void {
  current.value = to
}
