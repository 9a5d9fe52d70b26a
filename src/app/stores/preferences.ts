import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useDeps, type Preferences } from '../deps.ts'
import { preferredLocale, setLocale } from '../locales/locale.ts'
import { wordsReady } from '../locales/words.ts'

/** Language and theme. Changing one takes effect at once and is then saved. */
export const usePreferences = defineStore('preferences', () => {
  const { languages, preferences, wallet } = useDeps()
  const chosen = shallowRef<Preferences>(preferences)

  async function apply(): Promise<void> {
    const { locale, theme } = chosen.value
    const root = document.documentElement
    if (theme === null) delete root.dataset['theme']
    else root.dataset['theme'] = theme
    const speak = locale ?? preferredLocale(languages)
    setLocale(speak)
    root.lang = speak
    await wordsReady()
  }

  async function choose(change: Partial<Preferences>): Promise<void> {
    chosen.value = { ...chosen.value, ...change }
    await apply()
    await wallet.change(change)
  }

  return { chosen, apply, choose }
})
