import { expect, test } from 'vitest'
import { checksum, readQr, type Dialect } from '../../../src/formats/index.ts'

test.each([
  ['A', '01,31,,26442000004359167806,1705400.00,20260421,,8EEF'],
  ['B', '01,10,150007899605,65440044,0.88,20191106,02284305162156547392,737B,'],
  ['C', '01,10,011002100111,12345678,50.00,20210506,12345678901234567890,8584'],
  ['E', '01,51,,26339132621000219582,56.00,20260423,,219a'],
])('dialect %s is read as intact', (_dialect, text) => {
  expect(readQr(text)?.checks).toContainEqual({ name: 'qr-crc', ok: true })
})

test('a checksum of no known dialect is unknown', () => {
  expect(readQr('01,31,,26442000004359167806,1705400.00,20260421,,0000')?.checks).toContainEqual({ name: 'qr-crc', ok: null })
})

// 123456789 is the check value that catalogues of checksums publish.
test.each<[Dialect, string]>([
  ['B', 'FEE8'],
  ['E', '4B37'],
])('dialect %s is the catalogued algorithm', (dialect, value) => {
  expect(checksum('123456789', dialect)).toBe(value)
})
