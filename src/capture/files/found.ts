import type { FileReport } from '../../formats/index.ts'
import type { Capture, FileProblem, JudgedFile, Way } from '../../wallet/index.ts'
import type { ReadDraft } from '../capture.ts'
import { readText } from '../text.ts'
import { judgedDrafts, judgedFiles } from './judged.ts'
import { problemsOf } from './outcome.ts'

/** What reading a file found, before any of it is kept. */
export interface Found {
  readonly drafts: readonly { readonly draft: ReadDraft; readonly came: Omit<Capture, 'at'> }[]
  readonly problems: readonly FileProblem[]
  readonly judged: readonly JudgedFile[]
}

/** Longer text is no message a person was sent. Bytes. */
const longestText = 400_000

/** The original has a row and no bytes any more. */
export const bytesLost: Found = {
  drafts: [],
  problems: [{ code: 'original-lost', message: 'The bytes are gone', file: null }],
  judged: [],
}

/** What a report says of the file. Text that is no format of files is a message with invoices in it. */
export function foundIn(
  report: FileReport,
  { sha256, name }: { readonly sha256: string; readonly name: string },
  { text, lists, now }: { readonly text: string | null; readonly lists: string; readonly now: number },
): Found {
  const isText = report.readings.length === 1 && report.readings[0]?.reading.format === null && text !== null
  const told = isText ? readText(text) : []
  if (told.length > 0)
    return { drafts: told.map((draft) => ({ draft, came: { way: 'file', original: sha256 } })), problems: [], judged: [] }
  const drafts = judgedDrafts(report).map(({ draft, seal }) => ({
    draft,
    came: { way: wayOf(draft.format), original: sha256, ...(seal && { seal }) },
  }))
  return { drafts, problems: problemsOf(report, name), judged: judgedFiles(report, sha256, lists, now) }
}

function wayOf(format: 'ofd' | 'pdf' | 'xml' | 'zip' | 'image'): Way {
  return format === 'image' ? 'picture' : 'file'
}

/** The text of a file that is nothing but text; null otherwise. */
export function textOf(bytes: ArrayBuffer): string | null {
  if (bytes.byteLength > longestText) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
