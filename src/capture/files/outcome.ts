import type { FileReport } from '../../formats/index.ts'
import type { FileProblem } from '../../wallet/index.ts'
import type { Captured } from '../capture.ts'

/** What came of a file; it is on disk when you read this. */
export interface FileOutcome {
  readonly sha256: string
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** Every invoice of it, each once. */
  readonly captured: readonly Captured[]
  /** Why it, or a part of it, still needs a look; empty when all of it was read. */
  readonly problems: readonly FileProblem[]
}

/** The reader, or all of the app, ended over the file. */
export const crashed: FileProblem = { code: 'reader-crashed', message: 'The reader ended over the file', file: null }

const told = {
  late: { code: 'deadline', message: 'The file takes too long to read', file: null },
  died: crashed,
} as const

/**
 * What nobody may overlook: files that were refused and files of a known format without an invoice. What is no invoice's format and lies
 * beside invoices in an archive, a letter for one, is nothing that failed.
 */
export function problemsOf({ readings, end }: FileReport, name: string): FileProblem[] {
  const found = readings.some(({ reading }) => reading.drafts.length > 0)
  const problems = readings.flatMap(
    ({
      reading: {
        file,
        format,
        state,
        drafts,
        problems: [first],
      },
    }): FileProblem[] => {
      if (drafts.length > 0 || first === undefined) return []
      if (found && state === 'read' && format === null) return []
      const last = state === 'read' ? { code: 'no-invoice', message: first.message } : first
      return [{ ...last, file: file === null || file === name ? null : file }]
    },
  )
  return end === 'late' || end === 'died' ? [...problems, told[end]] : problems
}
