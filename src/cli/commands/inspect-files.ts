import { once } from 'node:events'
import { readFile as readBytes } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { examineFiles } from '../../authenticity/index.ts'
import { zipLimits, type ReadPictures } from '../../formats/index.ts'
import type { ExitCode, Io } from '../command.ts'
import { filesUnder } from './files-under.ts'
import { invoiceLine, problemLine } from './inspect-line.ts'
import { pictureReader } from './picture-reader.ts'

/** Milliseconds one file may take. */
const perFile = 20_000

/**
 * Prints a line for every invoice in these files, folders and ZIPs, and one for every file without.
 * @returns 1 when a file could not be read; the others are read all the same.
 */
export async function inspectFiles(paths: readonly string[], io: Io): Promise<ExitCode> {
  const readPictures = pictureReader()
  let failed = false
  for (const path of paths) {
    for await (const found of filesUnder(path)) {
      for await (const { line, isRead } of linesOf(found, readPictures)) {
        if (!io.stdout.write(`${line}\n`)) await once(io.stdout, 'drain')
        failed ||= !isRead
      }
    }
  }
  return failed ? 1 : 0
}

/** A line for every invoice of one file, or the one that says why there is none. */
async function* linesOf(
  { path, size, isNamed, fault }: { path: string; size: number; isNamed: boolean; fault: string | null },
  readPictures: ReadPictures,
): AsyncGenerator<{ readonly line: string; readonly isRead: boolean }> {
  const bytes = fault === null && size <= zipLimits.file ? await readBytes(path).catch(() => null) : null
  if (bytes === null) {
    const problem =
      fault === null && size > zipLimits.file ? { code: 'file-too-large', message: 'The file is larger than any invoice' } : unreadable
    yield { line: problemLine(path, null, null, [problem]), isRead: false }
    return
  }
  for await (const { reading, seal } of examineFiles(bytes, { file: path, now: () => performance.now(), perFile, readPictures })) {
    const { file, format, state, drafts, problems } = reading
    // What lies in a folder besides invoices has not failed; what was named has.
    const isRead = state === 'read' || (!isNamed && problems.every(({ code }) => code === 'format-unknown'))
    for (const draft of drafts) yield { line: invoiceLine(draft, seal), isRead }
    if (drafts.length === 0) yield { line: problemLine(file, format, seal, problems), isRead }
  }
}

const unreadable = { code: 'file-unreadable', message: 'There is no such file, or it may not be read' }
