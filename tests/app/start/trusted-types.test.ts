import { describe, expect, it } from 'vitest'
import { installScriptPolicy, isOwnScript } from '../../../src/app/start/trusted-types.ts'

const page = 'https://piaozai.example/invoices/1'

describe('the script policy', () => {
  it.each(['/sw.js', '/assets/decode.worker-DfX_a-1b.js', 'https://piaozai.example/assets/a-1.js'])('lets the app start %s', (url) => {
    expect(isOwnScript(url, page)).toBe(true)
  })

  it.each([
    'https://evil.example/sw.js',
    '//evil.example/assets/a.js',
    '/assets/../api/v1/status',
    '/assets/%2e%2e/x.js',
    '/assets/a.js?x=1',
    '/sw.js#x',
    '/other.js',
    '/assets/a.css',
    'blob:https://piaozai.example/0199',
    'data:text/javascript,alert(1)',
    'javascript:alert(1)',
  ])('refuses %s', (url) => {
    expect(isOwnScript(url, page)).toBe(false)
  })

  it('has no rule for markup or script text', () => {
    const made: [string, object][] = []
    installScriptPolicy({ trustedTypes: { createPolicy: (name, rules) => made.push([name, rules]) }, location: { href: page } })
    expect(made.map(([name, rules]) => [name, Object.keys(rules)])).toEqual([['default', ['createScriptURL']]])
  })
})
