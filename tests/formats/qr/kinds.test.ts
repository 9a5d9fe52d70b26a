import { expect, test } from 'vitest'
import { readQr } from '../../../src/formats/index.ts'

const digital = '26112000000000012345'

test.each([
  ['01', '1100212130', 'amountExTax'],
  ['04', '1100212330', 'amountExTax'],
  ['10', '011002100111', 'amountExTax'],
  ['20', '011002100113', 'amountExTax'],
  ['31', '', 'amount'],
  ['32', '', 'amount'],
  ['51', '', 'amount'],
  ['61', '', 'amount'],
] as const)('the amount of kind %s is its %s', (field, code, holder) => {
  const invoice = readQr(`01,${field},${code},${code === '' ? digital : '12345678'},50.00,20260421,,`)?.invoice
  const other = holder === 'amount' ? 'amountExTax' : 'amount'
  expect(invoice?.[holder]).toBe(5000)
  expect(invoice?.[other]).toBeNull()
})

test('31 is special and 32 is ordinary', () => {
  expect(readQr(`01,31,,${digital},50.00,20260421,,`)?.invoice.kind).toBe('digital-special')
  expect(readQr(`01,32,,${digital},50.00,20260421,,`)?.invoice.kind).toBe('digital-ordinary')
})

test('kind 10 with a toll code is a toll invoice', () => {
  expect(readQr('01,10,011002100112,12345678,50.00,20210506,12345678901234567890,')?.invoice.kind).toBe('toll')
})

test.each([
  ['99', '011002100113', '12345678', 'vat-e-special'],
  ['', '', '26119000000000012345', 'rail'],
  ['77', '', '26118000000000012345', 'air'],
])('an unknown kind %s is understood from code or number, and marked as a guess', (field, code, number, kind) => {
  const draft = readQr(`01,${field},${code},${number},50.00,20260421,,`)
  expect(draft?.invoice.kind).toBe(kind)
  expect(draft?.problems.map((problem) => problem.code)).toEqual(['kind-guessed'])
})

test('an unknown kind that nothing tells is other', () => {
  const draft = readQr('01,99,,12345678,50.00,20260421,,')
  expect(draft?.invoice).toMatchObject({ kind: 'other', number: '12345678', amount: 5000 })
  expect(draft?.problems.map((problem) => problem.code)).toEqual(['kind-unknown'])
})

test('an 8-digit code with a 10-digit number is a fiscal bill; only what its shape makes certain is taken', () => {
  expect(readQr('01,01,11060124,0000012345,20240315,ab12cd,88.50')?.invoice).toMatchObject({
    kind: 'fiscal',
    code: '11060124',
    number: '0000012345',
    issuedOn: '2024-03-15',
    checkCode: 'AB12CD',
    amount: 8850,
  })
})
