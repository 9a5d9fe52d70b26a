import { toWireInvoice, toWireTime } from '../../api/index.ts'
import { missingElements, type Draft, type Problem, type Seal } from '../../domain/index.ts'
import type { FileDraft, FileFormat } from '../../formats/index.ts'

/** Where a line of `inspect` is from. */
interface Place {
  readonly file: string | null
  readonly format: FileFormat | null
  readonly page: number
}

/** The line of one invoice, as the contract has it. */
export function invoiceLine(draft: FileDraft, seal: Seal | null): string {
  return line({ file: draft.file, format: draft.format, page: draft.page }, draft, seal, draft.problems)
}

/** The line of a file in which no invoice was found, or that could not be read. */
export function problemLine(file: string | null, format: FileFormat | null, seal: Seal | null, problems: readonly Problem[]): string {
  return line({ file, format, page: 1 }, null, seal, problems)
}

function line({ file, format, page }: Place, draft: Draft | null, seal: Seal | null, problems: readonly Problem[]): string {
  return JSON.stringify({
    file,
    format,
    page,
    invoice: draft && toWireInvoice(draft.invoice),
    provenance: draft?.provenance ?? {},
    completeness: { missing: draft ? missingElements(draft.invoice) : [] },
    checks: draft?.checks ?? [],
    authenticity: seal && authenticity(seal),
    // One list for the reader of a line: what is odd about the fields, and what is odd about the signature.
    problems: [...problems, ...(seal?.problems ?? []).filter(({ code }) => !problems.some((one) => one.code === code))],
  })
}

function authenticity({ verdict, signer, signedAt, issuer, trustList, uncovered, altered }: Seal) {
  return { verdict, signer, signedAt: signedAt === null ? null : toWireTime(signedAt), issuer, trustList, uncovered, altered }
}
