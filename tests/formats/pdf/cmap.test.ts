import { expect, test } from 'vitest'
import { parseCMap } from '../../../src/formats/pdf/font/cmap.ts'

const textsOf = (map: string) =>
  Object.fromEntries(parseCMap(new TextEncoder().encode(`1 begincodespacerange <00> <FF> endcodespacerange ${map}`)).texts)

test('a character map says the same however its pairs are set', () => {
  const said = { 0x41: 'A', 0x4e2d: '中', 0x12: '𠀀fi', 0x7f: '' }
  const plain = '4 beginbfchar\n<0041> <0041>\n<4E2D><4e2d>\r\n<12> <D840DC0000660069>\n<7f> <>\nendbfchar'
  expect(textsOf(plain)).toEqual(said)
  expect(textsOf(plain.replaceAll('<4E2D>', '% which is\n<4E 2D>'))).toEqual(said)
  expect(textsOf(plain.replace('<0041> <0041>', '<0041> % the same\n<0041>'))).toEqual(said)
})

test('ranges say the same however they are set', () => {
  const said = { 0x41: 'a', 0x42: 'b', 0x43: 'c', 0x10: '一', 0x20: 'fi', 0x21: 'fj' }
  const plain = '3 beginbfrange <0041> <0043> <0061>\n<10><10><4E00> <20> <21> <00660069> endbfrange'
  expect(textsOf(plain)).toEqual(said)
  expect(textsOf(plain.replace('<0041>', '<00 41>'))).toEqual(said)
  expect(textsOf(plain.replace('<0061>', '[<0061> <0062> <0063>]'))).toEqual(said)
})

test('what is no pair of a code and a text changes none of the others', () => {
  expect(textsOf('3 beginbfchar <0041> <0041> <0042> /B <0043> <0043> endbfchar')).toEqual({ 0x41: 'A', 0x43: 'C' })
  expect(textsOf('2 beginbfchar <0041> <41> <0042> <0042> endbfchar 1 beginbfchar <0043> <0043> endbfchar')).toEqual({
    0x41: 'A',
    0x42: 'B',
    0x43: 'C',
  })
  expect(textsOf('1 beginbfchar <0041> <0041> <0042')).toEqual({ 0x41: 'A' })
})
