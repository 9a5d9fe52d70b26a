import { createPinia } from 'pinia'
import { createApp, type App } from 'vue'
import { createWebHistory, type RouterHistory } from 'vue-router'
import type { WalletFault } from '../wallet/index.ts'
import AppShell from './App.vue'
import FaultPage from './pages/FaultPage.vue'
import { depsKey, type AppDeps } from './deps.ts'
import { createAppRouter } from './router.ts'
import { preferredLocale, setLocale } from './locales/locale.ts'
import { wordsReady } from './locales/words.ts'
import { usePreferences } from './stores/preferences.ts'

/**
 * The app, ready to mount: `(await createPiaozaiApp(deps)).mount('#app')`. Resolves when its words are there and the first page is known,
 * so that nothing on screen changes its language or jumps afterwards.
 */
export async function createPiaozaiApp(deps: AppDeps, history: RouterHistory = createWebHistory()): Promise<App> {
  const app = createApp(AppShell)
  app.provide(depsKey, deps)
  app.use(createPinia())
  const router = createAppRouter(history)
  app.use(router)
  await app.runWithContext(() => usePreferences().apply())
  await router.isReady()
  return app
}

/** What stands in the place of the app when the wallet could not be opened at all. */
export async function createFaultApp(fault: WalletFault, languages: readonly string[]): Promise<App> {
  setLocale(preferredLocale(languages))
  await wordsReady()
  return createApp(FaultPage, { fault })
}
