import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { examineFiles } from '../../authenticity/index.ts'
import type { Seal } from '../../domain/index.ts'
import { zipLimits, type FileDraft, type ReadPictures } from '../../formats/index.ts'
import type { InvoiceImport } from '../../server/index.ts'

/** What became of the invoices of one file. */
export interface FileReport {
  readonly added: number
  readonly unchanged: number
  readonly changed: number
  /** Each with the file it lies in: inside a ZIP `a.zip/b.ofd`. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[]
}

/** Milliseconds one file may take. */
const perFile = 20_000

/**
 * Loads the invoices of an OFD, PDF, XML, ZIP or picture. What is marked as doubtful is refused: the registry answers others.
 * @returns null when it is no such file.
 * @throws a system error when it cannot be read.
 */
export async function loadInvoices(
  path: string,
  size: number,
  registry: InvoiceImport,
  readPictures: ReadPictures,
): Promise<FileReport | null> {
  const counts = { added: 0, unchanged: 0, changed: 0 }
  const refused: { file: string; reason: string }[] = []
  if (size > zipLimits.file) return { ...counts, refused: [{ file: path, reason: 'the file is larger than any invoice' }] }
  const bytes = await readFile(path)
  let known = false
  for await (const { reading, seal } of examineFiles(bytes, { file: path, now: () => performance.now(), perFile, readPictures })) {
    const file = reading.file ?? path
    const isForeign = reading.format === null && reading.problems.every(({ code }) => code === 'format-unknown')
    if (isForeign) continue
    known = true
    if (reading.drafts.length === 0) {
      const [problem] = reading.problems
      refused.push({ file, reason: problem === undefined ? 'no invoice was found' : `${problem.code}: ${problem.message}` })
    }
    for (const draft of reading.drafts) {
      const doubt = doubtOf(draft, seal)
      const done = doubt === null ? await registry.take(draft.invoice) : { refused: doubt }
      if (typeof done === 'string') counts[done] += 1
      else refused.push({ file, reason: done.refused })
    }
  }
  return known ? { ...counts, refused } : null
}

/** Why an invoice may not answer anybody: what its reader marked, what does not add up, what was changed after it was signed. */
function doubtOf({ problems, conflicts = [], checks }: FileDraft, seal: Seal | null): string | null {
  const marks = new Set([
    ...problems.map(({ code }) => code),
    ...(conflicts.length > 0 ? ['conflict'] : []),
    ...checks.flatMap(({ name, ok }) => (ok === false ? name : [])),
    ...(seal?.verdict === 'tampered' ? ['tampered'] : []),
  ])
  return marks.size === 0 ? null : `marked: ${[...marks].join(', ')}`
}
