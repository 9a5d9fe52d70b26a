import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const folder = 'src/app/locales/zh-CN'
const files = readdirSync(folder)

/** Claims that no screen may make (product.md, "never say"). */
const forbidden = ['假票', '真票', '已查验', '查无此票', '税务机关出具', '验真', '查验通过', '联网通过', '保真', '伪造', '通过']
/** The only sentences in which such words may stand: one denies, one names what was checked, one is a vendor's name for its service. */
const allowed = /不等于假票|签章验证通过（离线）|增值税发票验真|智能云发票验真/g

/** Claims in English, and the sentences that deny them. */
const forbiddenInEnglish =
  /genuine|authentic|\bfake|forged|counterfeit|\bvalid\b|verified|certified|guarantee|no such invoice|official|passed/i
const deniedInEnglish = new RegExp(
  [
    'does not (?:mean forged|say that the invoice is valid now)',
    'not “forged”',
    'no proof that the invoice is valid now',
    '^That the invoice is valid now \\(not voided, not reversed\\)$',
    '^That it stays valid \\(it may be voided',
    '^Whether (?:it|the invoice) is genuine',
    'was not valid at the time',
    '(?:nobody has|, not|can be|, un)\\s?verified',
  ].join('|'),
  'g',
)

/** The claims in a text. */
const claimsIn = (text: string) => forbidden.filter((claim) => text.replace(allowed, '').includes(claim))
const claimsInEnglish = (text: string) => forbiddenInEnglish.test(text.replace(deniedInEnglish, ''))

/** Every string of a source; keys of objects and what is imported aside. */
function stringsIn(source: string): string[] {
  const own = source.replace(/^import .*$/gm, '')
  return [...own.matchAll(/('((?:[^'\\\n]|\\.)*)'|`([^`]*)`)(:?)/g)].flatMap(([, , plain, template, key]) =>
    key ? [] : (plain ?? template ?? ''),
  )
}

it.each(files)('%s claims nothing that we cannot know', (file) => {
  expect(claimsIn(readFileSync(`${folder}/${file}`, 'utf8'))).toEqual([])
})

it.each(files)('%s claims nothing in English either', (file) => {
  const strings = stringsIn(readFileSync(`src/app/locales/en/${file}`, 'utf8'))
  expect(strings.length).toBeGreaterThan(0)
  expect(strings.filter(claimsInEnglish)).toEqual([])
})

it('nor does anything else a person may read: pages, the gateway, the command line, what is installed', () => {
  const sources = ['src', 'public'].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => `${root}/${name}`),
  )
  const texts = ['index.html', ...sources.filter((name) => /\.(?:ts|vue|html|json|webmanifest|svg)$/.test(name))]
  expect(texts.length).toBeGreaterThan(200)
  expect(texts.filter((name) => claimsIn(readFileSync(name, 'utf8')).length > 0)).toEqual([])
})

it('a claim would be found, whichever way it is made', () => {
  for (const claim of ['这是真票', '已查验', '验真成功', '查验通过', '验证通过', '签章通过', '不是假票', '由税务机关出具'])
    expect([claim, claimsIn(`x ${claim} y`).length > 0]).toEqual([claim, true])
  expect(claimsIn('两次未查到；不等于假票。电子签章验证通过（离线）：')).toEqual([])
  for (const claim of [
    'The invoice is genuine',
    'Verified',
    'This is a valid invoice',
    'That the invoice is valid now',
    'a fake',
    'No such invoice',
  ])
    expect([claim, claimsInEnglish(claim)]).toEqual([claim, true])
  expect(stringsIn(`{ 'signer-forged': 'a', b: \`c\`, d: 'it\\'s' }`)).toEqual(['a', 'c', "it\\'s"])
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
