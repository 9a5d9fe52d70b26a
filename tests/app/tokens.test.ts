import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/app/styles/tokens.css', 'utf8')

function tokens(selector: string): Record<string, string> {
  const block = new RegExp(`${selector.replace(/[[\]()=:'-]/g, '\\$&')} \\{([^}]*)\\}`).exec(css)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]))
}

/** WCAG 2.2 relative luminance and contrast. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

const light = tokens(':root')
const dark = tokens(":root[data-theme='dark']")

it('the dark chosen by hand is the dark of the device', () => {
  expect(Object.keys(dark).length).toBeGreaterThan(10)
  expect(tokens(":root:not([data-theme='light'])")).toEqual(dark)
})

describe.each([
  ['light', light],
  ['dark', dark],
])('in %s', (_, theme) => {
  it.each(['ink', 'ink-64', 'green', 'blue', 'grey', 'amber', 'red'])('%s can be read on paper and on a card', (name) => {
    for (const ground of ['--paper', '--surface'])
      expect(contrast(theme[`--${name}`] ?? '', theme[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
