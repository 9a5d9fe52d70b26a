import { toWireInvoice } from '../../api/index.ts'
import { readQr, whyNoInvoice } from '../../formats/index.ts'
import type { Io } from '../command.ts'
import { linesOf } from '../lines.ts'
import { write } from '../write.ts'

/** Longer than any QR code: such a line is told to be too long, and not kept. Characters. */
const maxLine = 20_000

/**
 * Prints one JSON line for every line of stdin, in order. It answers chunk by chunk: whoever types, or waits for each answer, sees it at once,
 * and a million lines need no more memory than one chunk.
 */
export async function inspectQr({ stdin, stdout }: Io): Promise<void> {
  for await (const lines of linesOf(stdin, maxLine)) {
    await write(stdout, lines.map((line) => `${JSON.stringify(inspectLine(line))}\n`).join(''))
  }
}

function inspectLine(line: string) {
  const draft = readQr(line)
  if (draft === null) return { file: null, format: 'qr', invoice: null, checks: [], problems: [whyNoInvoice(line)] }
  return { file: null, format: 'qr', invoice: toWireInvoice(draft.invoice), checks: draft.checks, problems: draft.problems }
}
