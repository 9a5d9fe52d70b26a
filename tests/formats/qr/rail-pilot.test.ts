import { expect, test } from 'vitest'
import { checksum, readQr } from '../../../src/formats/index.ts'

const number = '24119110000000012345'
const expected = { kind: 'rail', code: null, number, amount: 5650, issuedOn: '2024-11-08' }

test.each([
  ['amount, date', `01,51,${number},56.50,20241108`],
  ['date, amount', `01,51,${number},2024-11-08,56.5`],
  ['an empty field between', `01,51,${number},,56.50,20241108`],
  ['date, amount, empty', `01,51,${number},20241108,56.50,`],
])('the six fields of the rail pilot are recognised by shape: %s', (_order, fields) => {
  const crc = checksum(fields, 'A')
  const draft = readQr(`${fields},${crc}`)
  expect(draft?.invoice).toMatchObject(expected)
  expect(draft?.checks).toContainEqual({ name: 'qr-crc', ok: true })
  expect(readQr(fields)?.invoice).toMatchObject(expected)
})

test('a checksum of four digits is not taken for the amount', () => {
  expect(readQr(`01,51,${number},56.50,20241108,8584`)?.invoice.amount).toBe(5650)
  expect(readQr(`01,51,${number},,20241108,8584`)?.invoice.amount).toBeNull()
})

test('the number in the code slot is found in the long layout too', () => {
  expect(readQr(`01,51,${number},,56.50,20241108,,`)?.invoice).toMatchObject(expected)
})
