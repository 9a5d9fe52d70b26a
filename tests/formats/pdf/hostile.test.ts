import { describe, expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { hostilePdfs } from '../../fixtures/hostile/index.ts'
import { makePdf } from '../../fixtures/pdf/index.ts'
import { pdfInvoice } from '../../fixtures/pdf/invoices.ts'
import { readPictures } from './pictures.ts'

describe('refused or read at once, whatever it is', () => {
  test.each(hostilePdfs)('%s', async (_, bytes) => {
    const reading = await readFile(bytes, { readPictures })
    expect(reading.drafts).toEqual([])
    expect(reading.problems.length).toBeGreaterThan(0)
    expect(reading.problems.map(({ message }) => message).join()).not.toMatch(/undefined|is not a|RangeError|stack/)
  })

  // The engine is loaded by now, and nothing waits: the time is the processor's.
  test.each(hostilePdfs)('%s costs less than 100 ms', async (_, bytes) => {
    const costs: number[] = []
    for (let run = 0; run < 4; run++) {
      const start = process.cpuUsage()
      await readFile(bytes, { readPictures })
      const { user, system } = process.cpuUsage(start)
      costs.push((user + system) / 1_000)
    }
    expect(Math.min(...costs)).toBeLessThan(100)
  })
})

test('a password is told', async () => {
  const bytes = makePdf([{ invoices: [pdfInvoice('digital-special')] }], { trailer: '/Encrypt<</Filter/Standard/V 5/R 6/O()/U()/P -4>>' })
  expect(await readFile(bytes, { readPictures })).toMatchObject({ state: 'refused', drafts: [], problems: [{ code: 'file-encrypted' }] })
})

test('an abort and a deadline end the reading', async () => {
  const bytes = makePdf([{ invoices: [pdfInvoice('digital-special')] }])
  const abort = new AbortController()
  abort.abort()
  expect((await readFile(bytes, { readPictures, signal: abort.signal })).problems[0]?.code).toBe('aborted')
  let now = 0
  expect((await readFile(bytes, { readPictures, now: () => (now += 1), perFile: 5 })).problems[0]?.code).toBe('deadline')
})
