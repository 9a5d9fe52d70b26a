import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exportRecords } from '../../../src/server/registry/export.ts'
import { importRecords } from '../../../src/server/registry/import.ts'
import { FileError } from '../../../src/server/registry/csv.ts'
import { openSqliteStore } from '../../../src/server/store/sqlite.ts'
import type { NewRecord } from '../../../src/server/store/record.ts'
import { csvHeader, csvOf, numberOf, rowOf } from '../kit/fixtures.ts'

async function opened() {
  const store = await openSqliteStore(':memory:')
  onTestFinished(() => store.close())
  const load = (text: string | Buffer, now = 1) => importRecords(store, Readable.from([Buffer.from(text)]), { now })
  return { store, load }
}

describe('importing a registry file', () => {
  it('reports what was added; doing it again changes nothing', async () => {
    const { load } = await opened()
    const file = csvOf([rowOf(1), rowOf(2)])
    expect(await load(file)).toEqual({ added: 2, unchanged: 0, changed: 0, refused: [] })
    expect(await load(file, 2)).toEqual({ added: 0, unchanged: 2, changed: 0, refused: [] })
  })

  it('takes the newer values of an invoice, such as that it was voided', async () => {
    const { store, load } = await opened()
    await load(csvOf([rowOf(1)]))
    expect(await load(csvOf([rowOf(1, 'voided')]), 2)).toMatchObject({ changed: 1 })
    expect(await store.record(numberOf(1))).toMatchObject({ state: 'voided', updatedAt: 2 })
  })

  it('reads a byte order mark, LF or CRLF, quoted commas, quotes and line breaks, any order of columns, and money as people write it', async () => {
    const { store, load } = await opened()
    const text = `\ufeffnumber,kind,code,issuedOn,amountExTax,tax,amount,checkCode,sellerName,sellerTaxId,buyerName,buyerTaxId,state\n${numberOf(1)},digital-special,,2026/9/4,"1,000",,-6.2,,"甲, ""乙""\n丙",,,,\n`
    expect(await load(text)).toMatchObject({ added: 1, refused: [] })
    expect(await store.record(numberOf(1))).toMatchObject({
      issuedOn: '2026-09-04',
      amountExTax: 100_000,
      tax: null,
      amount: -620,
      sellerName: '甲, "乙"\n丙',
      state: 'normal',
    })
  })

  it('refuses rows one by one, with the line where each begins and the reason, but not the value', async () => {
    const { load } = await opened()
    const rows = [
      rowOf(1).replace('SELLER-1', '"two\r\nlines"'),
      rowOf(2).replace('106.00', 'much'),
      rowOf(3).replace('digital-ordinary', 'strange'),
      'digital-ordinary,,',
      rowOf(4, 'lost'),
      rowOf(5).replace('digital-ordinary,,' + numberOf(5), 'vat-special,,12345678'),
      '',
      rowOf(6).replace('2026-09-24', ''),
      rowOf(1).replace('106.00', '107.00'),
      rowOf(1).replace('SELLER-1', '"two\r\nlines"'),
      rowOf(7),
    ]
    const report = await load(csvOf(rows))
    expect(report).toMatchObject({ added: 2, unchanged: 1, changed: 0 })
    expect(report.refused).toEqual([
      { line: 4, reason: 'amount is not valid' },
      { line: 5, reason: 'kind is not valid' },
      { line: 6, reason: '3 cells instead of 13' },
      { line: 7, reason: 'state is not valid' },
      { line: 8, reason: 'code is missing' },
      { line: 10, reason: 'issuedOn is missing' },
      { line: 11, reason: 'an earlier line has other values for the same invoice' },
    ])
  })

  it.each([
    ['an empty file', ''],
    ['a file without a header', rowOf(1)],
    ['a header that lacks a column', csvHeader.replace(',state', '')],
    ['a header with an unknown column', `${csvHeader},secret`],
    ['a header that names a column twice', `${csvHeader},state`],
    ['a file whose quoting never ends', csvOf([rowOf(1).replace('SELLER-1', '"x')])],
  ])('does not take %s', async (_, text) => {
    const { load } = await opened()
    await expect(load(text)).rejects.toThrow(FileError)
  })

  it('loads a hundred thousand invoices in seconds of work', { timeout: 180_000 }, async () => {
    const { load } = await opened()
    const file = csvOf(Array.from({ length: 100_000 }, (_, index) => rowOf(index)))
    const before = process.cpuUsage()
    expect(await load(file)).toMatchObject({ added: 100_000 })
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1e6).toBeLessThan(20)
  })
})

describe('export and import', () => {
  const text = fc.option(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((one) => `x${one}x`),
    { nil: null },
  )
  const fen = fc.option(fc.integer({ min: -1e12, max: 1e12 }), { nil: null })
  const line = fc.record({
    name: text,
    spec: text,
    unit: text,
    quantity: text,
    unitPrice: text,
    amount: fc.constant('1.00'),
    taxRate: text,
    tax: fc.constant(null),
  })
  const records = fc
    .uniqueArray(
      fc.record({
        serial: fc.integer({ min: 0, max: 1e6 }),
        amountExTax: fen,
        tax: fen,
        amount: fen,
        sellerName: text,
        buyerName: text,
        lines: fc.option(fc.array(line, { maxLength: 3 }), { nil: null }),
        state: fc.constantFrom('normal', 'voided', 'red-flushed'),
      }),
      { selector: (one) => one.serial, maxLength: 20 },
    )
    .map((all) =>
      all.map(({ serial, lines, ...rest }): NewRecord => ({
        ...rest,
        key: numberOf(serial),
        kind: 'digital-special',
        code: null,
        number: numberOf(serial),
        issuedOn: '2026-09-24',
        checkCode: null,
        sellerTaxId: null,
        buyerTaxId: null,
        lines: lines === null ? null : JSON.stringify(lines),
        updatedAt: 1,
      })),
    )

  it('are each other’s reverse, whatever is in the cells', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (all) => {
        const [from, to] = [await openSqliteStore(':memory:'), await openSqliteStore(':memory:')]
        await from.putRecords(all)
        const report = await importRecords(to, Readable.from(exportRecords(from)), { now: 1 })
        expect(report).toEqual({ added: all.length, unchanged: 0, changed: 0, refused: [] })
        expect(await to.records('', 100)).toEqual(await from.records('', 100))
        await Promise.all([from.close(), to.close()])
      }),
      { numRuns: 40 },
    )
  })
})
