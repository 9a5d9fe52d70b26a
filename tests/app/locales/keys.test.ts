import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Tree = Readonly<Record<string, unknown>>

/** The paths of a group, and whether each is a text or a function of how many values. */
function shape(value: unknown, at = ''): string[] {
  if (typeof value === 'function') return [`${at}()`]
  if (Array.isArray(value)) return [`${at}[]`]
  if (typeof value === 'object' && value !== null)
    return Object.entries(value as Tree).flatMap(([key, inner]) => shape(inner, `${at}.${key}`))
  return [at]
}

const groups = readdirSync('src/app/locales/zh-CN').map((file) => file.replace(/\.ts$/, ''))

describe.each(groups)('the words of %s', (group) => {
  it('are there in English under the same keys', async () => {
    expect(existsSync(`src/app/locales/en/${group}.ts`)).toBe(true)
    const load = async (locale: string) => (await import(`../../../src/app/locales/${locale}/${group}.ts`)) as Record<string, Tree>
    const [zh] = Object.values(await load('zh-CN'))
    const [en] = Object.values(await load('en'))
    expect(shape(zh).length).toBeGreaterThan(3)
    expect(shape(en).sort()).toEqual(shape(zh).sort())
  })
})
