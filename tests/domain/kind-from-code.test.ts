import { expect, test } from 'vitest'
import { kindFromCode, kindFromDigitalNumber, kindFromIdentifier, kindFromQr, kindNames, ruleOf } from '../../src/domain/index.ts'

test.each([
  ['011002100111', 'vat-e-ordinary'],
  ['011002100112', 'toll'],
  ['011002100113', 'vat-e-special'],
  ['011002100104', 'vat-ordinary'],
  ['011002100105', 'vat-ordinary'],
  ['011002100106', 'vat-roll'],
  ['011002100107', 'vat-roll'],
  ['011002100117', 'used-vehicle'],
  ['132011420660', 'motor-vehicle'],
  ['1100212130', 'vat-special'],
  ['1100212530', 'vat-special'],
  ['1100212330', 'vat-ordinary'],
  ['1100212630', 'vat-ordinary'],
  ['1100212230', 'other'],
  ['1100212730', 'other'],
  ['11060124', 'fiscal'],
  ['1100212930', null],
  ['150007899605', null],
  ['123', null],
  ['', null],
])('code %s speaks of %s', (code, kind) => {
  expect(kindFromCode(code)).toBe(kind)
})

test.each([
  ['26119000000000012345', 'rail'],
  ['26118000000000012345', 'air'],
  ['26112000000000012345', 'digital-ordinary'],
  ['12345678', null],
])('number %s suggests %s', (number, kind) => {
  expect(kindFromDigitalNumber(number)).toBe(kind)
})

test('a code that says nothing leaves the word to the number', () => {
  expect(kindFromIdentifier('150007899605', '26119000000000012345')).toBe('rail')
  expect(kindFromIdentifier(null, null)).toBeNull()
})

test.each([
  ['01', 'vat-special'],
  ['04', 'vat-ordinary'],
  ['10', 'vat-e-ordinary'],
  ['20', 'vat-e-special'],
  ['31', 'digital-special'],
  ['32', 'digital-ordinary'],
  ['51', 'rail'],
  ['61', 'air'],
  ['99', null],
])('the QR names %s as %s', (field, kind) => {
  expect(kindFromQr(field, null)).toBe(kind)
})

test('no two kinds share a QR value', () => {
  const values = kindNames.flatMap((kind) => ruleOf(kind).qr)
  expect(new Set(values).size).toBe(values.length)
})
