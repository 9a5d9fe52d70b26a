import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = 'src/app/locales/zh-CN'
const files = readdirSync(folder)

/** Claims that no screen may make (product.md, "never say"). "不等于假票" is the one sentence in which 假票 may stand. */
const forbidden = ['假票', '真票', '已查验', '查无此票', '税务机关出具', '验真', '查验通过', '联网通过', '保真', '伪造']

it.each(files)('%s claims nothing that we cannot know', (file) => {
  const text = readFileSync(`${folder}/${file}`, 'utf8').replaceAll('不等于假票', '')
  for (const claim of forbidden) expect(text, claim).not.toContain(claim)
})

it.each(files)('%s speaks plainly: full-width punctuation, no exclamation marks', (file) => {
  const quoted = readFileSync(`${folder}/${file}`, 'utf8').match(/'[^'\n]*[\u4e00-\u9fff][^'\n]*'|`[^`]*[\u4e00-\u9fff][^`]*`/g) ?? []
  for (const text of quoted) {
    expect(text).not.toMatch(/[！!]|[\u4e00-\u9fff][,;?](?!\w)/)
  }
})

it('the pages themselves hold no Chinese: every word is in the locales', () => {
  const vue = readdirSync('src/app', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.vue'))
  expect(vue.length).toBeGreaterThan(20)
  for (const file of vue) {
    const source = readFileSync(`src/app/${file}`, 'utf8')
    const template = /<template>[\s\S]*<\/template>/.exec(source.replace(/<!--[\s\S]*?-->/g, ''))?.[0] ?? ''
    expect(template, file).not.toMatch(/[\u4e00-\u9fff]/)
  }
})

it('no page sets a style in its markup: the content security policy would drop it', () => {
  for (const file of readdirSync('src/app', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue')))
    expect(readFileSync(`src/app/${file}`, 'utf8'), file).not.toMatch(/\sstyle="|v-html|innerHTML/)
})
