import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Malformed, readDer, valuesIn, type Der } from '../../../src/authenticity/der/read.ts'
import { bits, boolean, integer, oid, parseTime, serialNumber, text, time } from '../../../src/authenticity/der/values.ts'
import { der, generalTime, integer as made, oid as madeOid, sequence, utcTime, utf8 } from '../../fixtures/seal/der.ts'

const bytes = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))

test.each([
  ['nothing', ''],
  ['a tag alone', '30'],
  ['content cut short', '30 03 02 01'],
  ['bytes after the end', '05 00 00'],
  ['an indefinite length', '30 80 00 00'],
  ['a length longer than it need be', '04 81 01 00'],
  ['a length with leading zeros', '04 82 00 80' + '00'.repeat(128)],
  ['a length of five octets', '04 85 01 00 00 00 00'],
  ['a tag of several octets', '1f 81 01 00'],
])('what is not DER is refused: %s', (_, hex) => {
  expect(() => readDer(bytes(hex))).toThrow(Malformed)
})

test('thirty-two levels are read, and not one more', () => {
  const nested = (levels: number) => Array.from({ length: levels }).reduce<Uint8Array>((inner) => sequence(inner), der(5))
  const depth = (value: Der): number => (value.tag === 0x30 ? 1 + depth(valuesIn(value)[0] as Der) : 0)
  expect(depth(readDer(nested(32)))).toBe(32)
  expect(() => depth(readDer(nested(33)))).toThrow(Malformed)
})

test.each([
  ['a negative integer', '02 01 80', integer],
  ['an integer longer than it need be', '02 02 00 01', integer],
  ['an empty integer', '02 00', integer],
  ['an integer longer than any key', `02 82 0802 01${'00'.repeat(2_049)}`, integer],
  ['an identifier longer than any', `06 41 ${'01'.repeat(65)}`, oid],
  ['a text longer than any name', `0c 82 2711 ${'41'.repeat(10_001)}`, text],
  ['a truth value that is neither', '01 01 01', boolean],
  ['bits that end within an octet', '03 02 01 fe', bits],
  ['an empty bit string', '03 00', bits],
  ['an identifier cut short', '06 02 2a 81', oid],
  ['an identifier longer than it need be', '06 03 2a 80 01', oid],
  ['bytes that are no text', '0c 02 c3 28', text],
  ['the thirtieth of February', `18 0f ${Buffer.from('20260230000000Z').toString('hex')}`, time],
  ['a time without a zone', `18 0e ${Buffer.from('20260203000000').toString('hex')}`, time],
])('a value that its type does not allow is refused: %s', (_, hex, read) => {
  expect(() => (read as (value: Der) => unknown)(readDer(bytes(hex)))).toThrow(Malformed)
})

test('what is written is read', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 200n), fc.string(), (number, words) => {
      expect(integer(readDer(made(number)))).toBe(number)
      expect(text(readDer(utf8(words.toWellFormed())))).toBe(words.toWellFormed())
    }),
  )
  expect(oid(readDer(madeOid('1.2.156.10197.1.501')))).toBe('1.2.156.10197.1.501')
  expect(oid(readDer(madeOid('2.16.840.1.113731.9')))).toBe('2.16.840.1.113731.9')
  expect(serialNumber(readDer(made(0x0300000000)))).toBe('0300000000')
  const instant = Date.UTC(2026, 1, 3, 4, 5, 6)
  expect([time(readDer(generalTime(instant))), time(readDer(utcTime(instant)))]).toEqual([instant, instant])
  expect(parseTime('20260203120506+0800')).toBe(instant)
  expect(parseTime('20260203040506.250Z')).toBe(instant + 250)
})

test('random bytes are refused or read, and never anything else', () => {
  const walk = (value: Der): number => ((value.tag & 0x20) !== 0 ? valuesIn(value).reduce((sum, one) => sum + walk(one), 1) : 1)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
      try {
        expect(walk(readDer(noise))).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed)
      }
    }),
    { numRuns: 2_000 },
  )
})
