import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatMoney } from '../../../src/domain/index.ts'
import { readFile } from '../../../src/formats/file/read-file.ts'
import { readPictures } from '../pdf/pictures.ts'

const folder = process.env.PIAOZAI_SAMPLES ?? join(import.meta.dirname, '../../../../shared/samples')
const list = join(folder, 'EXPECTED.jsonl')

interface Expected {
  readonly file: string
  readonly kind: string
  readonly code: string | null
  readonly number: string
  readonly issuedOn: string
  readonly amountExTax: string | null
  readonly amount: string | null
  readonly lines?: number
  readonly seller?: string
}

if (existsSync(list)) {
  const expected = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Expected)
    .filter(({ file }) => /\.(?:ofd|xml|pdf)$/.test(file))

  test.each(expected)('$file: every field as expected, and nothing told against it', async (one) => {
    const { drafts, problems } = await readFile(new Uint8Array(readFileSync(join(folder, one.file))), { readPictures })
    expect(problems).toEqual([])
    expect(drafts).toHaveLength(1)
    const [draft] = drafts
    if (!draft) return
    const { invoice } = draft
    const money = (fen: number | null) => (fen === null ? null : formatMoney(fen))
    const read = {
      kind: invoice.kind,
      code: invoice.code,
      number: invoice.number,
      issuedOn: invoice.issuedOn,
      amountExTax: money(invoice.amountExTax),
      amount: money(invoice.amount),
      lines: invoice.lines.length,
      seller: invoice.seller.name,
    }
    const { file: _, ...wanted } = one
    for (const [field, value] of Object.entries(wanted))
      if (value !== null && field in read) expect([field, read[field as keyof typeof read]]).toEqual([field, value])
    expect(draft.problems.filter(({ code }) => code === 'conflict' || code === 'field-unreadable' || code === 'kind-guessed')).toEqual([])
  })
} else {
  console.info(`No sample files at PIAOZAI_SAMPLES: nothing of them is tested`)
}
