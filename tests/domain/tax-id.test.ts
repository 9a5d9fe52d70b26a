import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkTaxId, normaliseTaxId } from '../../src/domain/index.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const body = fc.array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 })

/** GB 32100 says: the weighted values of all 18 characters, the last with weight 1, sum up to a multiple of 31. */
function creditCode(chars: readonly string[]): string {
  const sum = chars.reduce((total, char, index) => total + alphabet.indexOf(char) * (weights[index] ?? 0), 0)
  const last = [...alphabet].find((char) => (sum + alphabet.indexOf(char)) % 31 === 0)
  return `${chars.join('')}${last}`
}

test('every well-formed credit code holds', () => {
  fc.assert(fc.property(body, (chars) => checkTaxId(creditCode(chars)) === true))
})

test('a credit code with one character changed does not hold', () => {
  fc.assert(
    fc.property(body, fc.nat(16), fc.constantFrom(...alphabet), (chars, at, char) => {
      const code = creditCode(chars)
      const changed = `${code.slice(0, at)}${char}${code.slice(at + 1)}`
      // A code of digits only may happen to be a citizen number.
      fc.pre(char !== code[at] && !/^\d{17}[\dX]$/.test(changed))
      return checkTaxId(changed) === false
    }),
  )
})

test('a citizen number holds: persons issue and receive invoices too', () => {
  expect(checkTaxId('11010519491231002X')).toBe(true)
  expect(checkTaxId('110105194912310021')).toBe(false)
})

test.each(['', '110105194912310', '91110000', '11010519491231002x', '***'])('nothing is known of %j', (taxId) => {
  expect(checkTaxId(taxId)).toBeNull()
})

test('spaces, width and case are not part of a tax id', () => {
  expect(normaliseTaxId(' 9111 0000ａ ')).toBe('91110000A')
})
