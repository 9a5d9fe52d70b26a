import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FileError, readCsv } from '../../../src/server/registry/csv.ts'

async function read(...chunks: readonly (string | Uint8Array)[]) {
  const records = []
  for await (const one of readCsv(Readable.from(chunks.map((chunk) => Buffer.from(chunk))))) records.push(one)
  return records
}

const cell = fc.string({ unit: fc.constantFrom('a', '票', '"', ',', '\n', '\r\n', ' ', '😀'), maxLength: 6 })
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 })

/** RFC 4180, every cell quoted or only where it must be. */
function write(rows: readonly (readonly string[])[], end: string, all: boolean): string {
  const quote = (text: string) => (all || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(quote).join(',') + end).join('')
}

describe('reading CSV', () => {
  it('gives back what was written, however the bytes are cut, with the line where each record begins', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.array(fc.nat(400), { maxLength: 8 }),
        async (rows, end, all, cuts) => {
          const bytes = Buffer.from(`\ufeff${write(rows, end, all)}`)
          const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
          const chunks = at.slice(1).map((to, index) => bytes.subarray(at[index], to))
          let line = 1
          const expected = rows.map((cells) => {
            const record = { line, cells }
            line += 1 + cells.join('').split('\n').length - 1
            return record
          })
          expect(await read(...chunks)).toEqual(expected)
        },
      ),
    )
  })

  it('takes a last line without an end, and passes over empty ones', async () => {
    expect(await read('a,b\n\n\r\n"c",d')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 4, cells: ['c', 'd'] },
    ])
  })

  it.each(['a,"b', 'a,b"c\n', '"a"b,c\n', `"${'x'.repeat(1_100_000)}`])('refuses a file whose quoting goes wrong', async (text) => {
    await expect(read('x,y\n', text)).rejects.toThrow(FileError)
  })
})
