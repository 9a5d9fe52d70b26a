import { expect, test } from 'vitest'
import { normaliseDigits, parseCheckCode, parseCode, parseDigitalNumber, parseFiscalCode, parseNumber } from '../../src/domain/index.ts'

test.each([
  [' 2611 2000 0000 0001 2345 ', '26112000000000012345'],
  ['１２３４５６７８', '12345678'],
  ['1234-5678', '12345678'],
  ['9223372036854775807', '9223372036854775807'],
])('the number %s is %s, as text to the last digit', (text, number) => {
  expect(parseNumber(text)).toBe(number)
})

test.each(['', '1234', '123456789012345678901', 'No12345678', '12345.67', '１２３４'])('%j is no number', (text) => {
  expect(parseNumber(text)).toBeNull()
})

test.each([
  ['011002100111', '011002100111'],
  ['1100 2121 30', '1100212130'],
  ['11060124', '11060124'],
  ['123456789', null],
  ['26112000000000012345', null],
])('the code %s is %s', (text, code) => {
  expect(parseCode(text)).toBe(code)
})

test.each([
  ['12345 67890 12345 67890', '12345678901234567890'],
  ['ab12cd', 'AB12CD'],
  ['12345', null],
  ['123456789012345678901', null],
  ['12345!', null],
])('the check code %s is %s', (text, code) => {
  expect(parseCheckCode(text)).toBe(code)
})

test('a 20-digit number is year, region, channel and sequence', () => {
  expect(parseDigitalNumber('26442000004359167806')).toEqual({ year: 2026, region: '44', channel: '2', sequence: '000004359167806' })
  expect(parseDigitalNumber('2644200000435916780')).toBeNull()
})

test('a fiscal code is region, class, kind and year', () => {
  expect(parseFiscalCode('11060124')).toEqual({ region: '11', class: '06', kind: '01', year: 2024 })
  expect(parseFiscalCode('1100212130')).toBeNull()
})

test('normalising twice is normalising once', () => {
  for (const text of ['１ ２-3', '　４', '5—6']) expect(normaliseDigits(normaliseDigits(text))).toBe(normaliseDigits(text))
})
