import { describe, expect, it } from 'vitest'
import { chooseEncoding } from '../../../src/server/static/encoding.ts'

describe('the coding of a file', () => {
  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0', null],
    ['identity', null],
    ['GZIP', 'gzip'],
    ['br;q=nonsense', null],
    ['', null],
    [undefined, null],
  ])('for "%s" is %s', (accept, expected) => {
    expect(chooseEncoding(accept, ['br', 'gzip'])).toBe(expected)
  })

  it('is never one the file does not exist in', () => {
    expect(chooseEncoding('br, gzip', ['gzip'])).toBe('gzip')
    expect(chooseEncoding('br, gzip', [])).toBeNull()
  })
})
