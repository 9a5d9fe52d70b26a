export { createPiaozaiApp, createFaultApp } from './app.ts'
export type { AppDeps, Preferences } from './deps.ts'
export type { Locale } from './locales/locale.ts'
