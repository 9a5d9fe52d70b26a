import { afterEach, expect, it } from 'vitest'
import { preferredLocale, setLocale } from '../../../src/app/locales/locale.ts'
import { defineWords, wordsReady } from '../../../src/app/locales/words.ts'

afterEach(() => setLocale('zh-CN'))

it('the first language that we speak is chosen, Chinese when there is none', () => {
  expect(preferredLocale(['fr-FR', 'en-GB', 'zh-CN'])).toBe('en')
  expect(preferredLocale(['zh-Hant-TW'])).toBe('zh-CN')
  expect(preferredLocale(['fr'])).toBe('zh-CN')
  expect(preferredLocale([])).toBe('zh-CN')
})

it('another language is fetched only when it is spoken, and Chinese stands until it is there', async () => {
  let fetched = 0
  const use = defineWords(
    { hello: '你好' },
    {
      en: async () => {
        fetched += 1
        return { hello: 'Hello' }
      },
    },
  )
  await wordsReady()
  expect([use().value.hello, fetched]).toEqual(['你好', 0])
  setLocale('en')
  expect(use().value.hello).toBe('你好')
  await wordsReady()
  await wordsReady()
  expect([use().value.hello, fetched]).toEqual(['Hello', 1])
})

it('a language that cannot be fetched leaves Chinese standing', async () => {
  const use = defineWords({ hello: '你好' }, { en: () => Promise.reject(new Error('no network')) })
  setLocale('en')
  await wordsReady()
  expect(use().value.hello).toBe('你好')
})
