import { expect, test } from 'vitest'
import { checksum, readQr } from '../../../src/formats/index.ts'

const number = '26119000000000012345'

test.each([
  ['a cut zero after the point', '6.2', 620],
  ['no point at all', '57', 5700],
  ['a red invoice', '-100.00', -10000],
])('%s is read to the fen', (_what, printed, fen) => {
  expect(readQr(`01,32,,${number},${printed},20260421,,`)?.invoice.amount).toBe(fen)
})

test('a payload without checksum and comma is read', () => {
  expect(readQr(`01,32,,${number},57,20260421`)?.invoice).toMatchObject({ number, amount: 5700, issuedOn: '2026-04-21' })
})

test('spaces put in after printing do not spoil the checksum', () => {
  const crc = checksum(`01,32,,${number},57,20260421,`, 'A')
  expect(readQr(`01, 32, ,${number} , 57 ,20260421, , ${crc.toLowerCase()} ,`)?.checks).toContainEqual({ name: 'qr-crc', ok: true })
})

test('control and zero-width characters from a scanner are dropped', () => {
  expect(readQr(`\u0000\u001601,32,,${number},57\u200b,20260421,,\u0003\n`)?.invoice).toMatchObject({ number, amount: 5700 })
})

test('full-width digits and commas from an input method are read', () => {
  expect(readQr(`０１，３２，，${number}，５７，２０２６０４２１，，`)?.invoice).toMatchObject({
    kind: 'digital-ordinary',
    number,
    amount: 5700,
  })
})

test('a value that cannot be understood is left out and told; the others stay', () => {
  const draft = readQr(`01,32,,${number},QRCODE_GEN_ERROR,20261399,,`)
  expect(draft?.invoice).toMatchObject({ number, amount: null, issuedOn: null })
  expect(draft?.problems.map(({ code, message }) => [code, message.split(':')[0]])).toEqual([
    ['field-unreadable', 'issuedOn'],
    ['field-unreadable', 'amount'],
  ])
})

test('a missing number leaves an invoice of which the rest is known', () => {
  expect(readQr('01,10,011002100111,,50.00,20210506,12345678901234567890,')?.invoice).toMatchObject({
    code: '011002100111',
    number: null,
    amountExTax: 5000,
  })
})

test('a year in the number that is not the year of issue is told', () => {
  expect(readQr(`01,32,,${number},57,20240421,,`)?.checks).toContainEqual({ name: 'number-vs-date', ok: false })
})

test('a known region is told, an unknown one is not', () => {
  expect(readQr(`01,32,,${number},57,20260421,,`)?.checks).toContainEqual({ name: 'region', ok: true })
  expect(readQr('01,32,,26009000000000012345,57,20260421,,')?.checks.map(({ name }) => name)).not.toContain('region')
})
