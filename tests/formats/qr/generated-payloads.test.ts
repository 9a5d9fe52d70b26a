import { expect, test } from 'vitest'
import { readQr } from '../../../src/formats/index.ts'
import {
  deviations,
  makeBlockchainAddress,
  makePayload,
  occursOn,
  payloadDialects,
  payloadKindNames,
  seeded,
  type MadePayload,
} from '../../fixtures/qr-payload.ts'

const combinations = payloadKindNames.flatMap((kind) =>
  payloadDialects.flatMap((dialect) => deviations.filter((one) => occursOn(one, kind)).map((deviation) => ({ kind, dialect, deviation }))),
)
const fraction = seeded(20_260_421)
const made: MadePayload[] = Array.from({ length: 2_000 }, (_, index) => makePayload(fraction, combinations[index % combinations.length]))

test('the 2,000 payloads cover every kind, deviation and dialect together', () => {
  const covered = new Set(made.map(({ kind, dialect, deviation }) => `${kind} ${dialect} ${deviation}`))
  expect(covered.size).toBe((14 * 10 + 1) * 5)
})

test('every one is read as what it says', () => {
  for (const { text, says } of made) expect(readQr(text)?.invoice, text).toMatchObject(says)
})

test('every one is known to be intact, unless its checksum is missing', () => {
  for (const { text, deviation } of made) expect(crcOf(text), text).toBe(deviation === 'crc-missing' ? null : true)
})

test('none has anything to complain about', () => {
  for (const { text } of made) {
    const draft = readQr(text)
    expect(draft?.problems, text).toEqual([])
    expect(
      draft?.checks.filter(({ ok }) => ok === false),
      text,
    ).toEqual([])
  }
})

test('every generated blockchain address is read as what it says', () => {
  for (const { text, says } of Array.from({ length: 100 }, () => makeBlockchainAddress(fraction)))
    expect(readQr(text)?.invoice, text).toMatchObject(says)
})

test('every value it gives comes from the QR', () => {
  for (const { text } of made) expect(new Set(Object.values(readQr(text)?.provenance ?? {}))).toEqual(new Set(['qr']))
})

test('an altered payload is unknown, never fake', () => {
  const unaltered = made.filter(({ deviation }) => deviation !== 'crc-missing' && deviation !== 'full-width-commas')
  const results = unaltered.map(({ text, says }) => {
    const number = says.number ?? ''
    const changed = `${(Number(number[0]) + 1) % 10}${number.slice(1)}`
    return crcOf(text.replace(number, changed))
  })
  expect(results).not.toContain(false)
  // Another dialect's checksum can fit by chance, once in some 16,000.
  expect(results.filter((ok) => ok === true).length).toBeLessThanOrEqual(2)
})

function crcOf(text: string) {
  return readQr(text)?.checks.find(({ name }) => name === 'qr-crc')?.ok
}
