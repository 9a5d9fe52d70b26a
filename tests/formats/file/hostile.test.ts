import { expect, test } from 'vitest'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { hostileFiles, spoiltInvoice } from '../../fixtures/hostile/index.ts'
import { readPictures } from '../pdf/pictures.ts'

test('the corpus holds 120 hostile files at least, each of its own', () => {
  expect(hostileFiles.length).toBeGreaterThanOrEqual(120)
  expect(new Set(hostileFiles.map(({ what }) => what)).size).toBe(hostileFiles.length)
})

test.each(hostileFiles)('$what: refused, or read and told', async ({ bytes }) => {
  const { drafts, problems } = await readFile(bytes(), { readPictures })
  const told = [...problems, ...drafts.flatMap((draft) => draft.problems)]
  expect(told.length > 0 || drafts.every(({ invoice }) => invoice.number === spoiltInvoice.number)).toBe(true)
  // What a library says, or a stack, is nobody's business.
  expect(told.map(({ message }) => message).join('\n')).not.toMatch(/undefined|is not a|RangeError|node_modules|\bat \w+ \(/)
})
