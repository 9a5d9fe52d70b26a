import { expect } from 'vitest'
import { fields, type Draft, type Field, type Invoice, type Line } from '../../src/domain/index.ts'
import { parseRate } from '../../src/domain/line-checks.ts'
import { readFile } from '../../src/formats/file/read-file.ts'
import type { FileReading } from '../../src/formats/file/reading.ts'
import { readPictures } from './pdf/pictures.ts'

/** Nobody waits longer for one file. Milliseconds of processor time: what a busy machine does meanwhile does not count. */
const most = 2_000

/** Reads a spoilt file: without throwing and within two seconds, and with a reason wherever there is nothing. */
export async function readSpoilt(bytes: Uint8Array): Promise<FileReading> {
  const start = process.cpuUsage()
  const reading = await readFile(bytes, { readPictures, now: () => performance.now() })
  const { user, system } = process.cpuUsage(start)
  expect((user + system) / 1_000).toBeLessThan(most)
  if (reading.drafts.length === 0) expect(reading.problems.length).toBeGreaterThan(0)
  return reading
}

/** The same, and with a reason wherever a value differs from the truth. What is missing is no other value. */
export async function readHonestly(bytes: Uint8Array, truth: Invoice): Promise<FileReading> {
  const reading = await readSpoilt(bytes)
  expect(reading.drafts.flatMap((draft) => (draft.problems.length > 0 ? [] : wrongIn(draft, truth)))).toEqual([])
  return reading
}

/** The fields that a draft has with another value. */
export function wrongIn({ invoice }: Draft, truth: Invoice): Field[] {
  return fields.filter((field) => {
    if (field === 'lines') return !invoice.lines.every((line, index) => isPartOf(line, truth.lines[index]))
    const [own, other] = [valueOf(invoice, field), valueOf(truth, field)]
    return own !== null && own !== other && !(field === 'kind' && own === 'other')
  })
}

function valueOf(invoice: Invoice, field: Exclude<Field, 'lines'>): unknown {
  const [first, second] = field.split('.')
  const value = invoice[first as 'seller' | 'kind']
  return second === undefined ? value : (value as Invoice['seller'])[second as 'name']
}

/** The 数电票 writes 0.06 where a page prints 6%. */
function isPartOf(line: Line, whole: Line | undefined): boolean {
  if (!whole) return false
  const plain = (one: Line) => ({ ...one, taxRate: one.taxRate === null ? null : (parseRate(one.taxRate) ?? one.taxRate) })
  const truth = plain(whole)
  return Object.entries(plain(line)).every(([key, value]) => value === null || value === truth[key as keyof typeof truth])
}
