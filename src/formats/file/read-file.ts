import type { Problem } from '../../domain/index.ts'
import { openPackage, zipLimits, type Package } from '../package/index.ts'
import { budgetOf, type Budget, type Limits } from './budget.ts'
import { readableName } from './mail-name.ts'
import type { Content, FileFormat, FileReading, ReadOptions, WalkedFile } from './reading.ts'
import { formatOf, open, readerOf } from './readers.ts'
import { Refusal, refusalOf } from './refusal.ts'

/** Files that archives and mail programs add and nobody means. */
const byTheWay = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i

/**
 * Reads a file of any format; those of a ZIP one after the other, as they are read. Never throws for what a file holds.
 * An abort or a deadline ends the row with a reading that says so.
 */
export async function* readFiles(bytes: Uint8Array, options: ReadOptions = {}): AsyncGenerator<FileReading> {
  for await (const { reading } of walkFiles(bytes, options)) yield reading
}

/** {@link readFiles}, each with the bytes of the file itself, for what else is to be known of it. */
export function walkFiles(bytes: Uint8Array, options: ReadOptions = {}): AsyncGenerator<WalkedFile> {
  return readNested(bytes, options, budgetOf(options), 0)
}

/** Reads a file of any format; a ZIP as one, all its invoices together. Never throws for what a file holds. */
export async function readFile(bytes: Uint8Array, options: ReadOptions = {}): Promise<FileReading> {
  const file = options.file ?? null
  const readings: FileReading[] = []
  for await (const { reading } of walkFiles(bytes, options)) readings.push(reading)
  const [only] = readings
  if (only && readings.length === 1 && only.file === file) return only
  return {
    file,
    format: 'zip',
    state: 'read',
    drafts: readings.flatMap(({ drafts }) => drafts),
    problems: readings.flatMap((one) =>
      one.problems.map(({ code, message }) => ({ code, message: `${one.file ?? 'unnamed'}: ${message}` })),
    ),
  }
}

async function* readNested(bytes: Uint8Array, options: ReadOptions, whole: Budget, depth: number): AsyncGenerator<WalkedFile> {
  const file = options.file ?? null
  let format: FileFormat | null = null
  try {
    await whole.pause()
    const budget = budgetOf(forOne(options))
    const opened = open(bytes, budget)
    format = formatOf(opened)
    const { read } = readerOf(format)
    if (read) yield { bytes, reading: withNames(await read(opened, budget, options), file, format) }
    else if (opened.pack) {
      if (depth > 1) throw new Refusal('package-nested', 'Archives in archives in archives are not opened')
      // The entries have their own time each; the archive as such only the whole's.
      yield* readZip(openPackage(bytes, zipLimits, whole), options, whole, depth)
    }
  } catch (error) {
    // A letter beside the invoices in an archive is nothing that failed.
    const reading = refused(error, file, format)
    const isByTheWay = depth > 0 && reading.problems.some(({ code }) => code === 'format-unknown')
    yield { bytes, reading: isByTheWay ? { ...reading, state: 'read' } : reading }
  }
}

function forOne({ signal, now, deadline, perFile }: ReadOptions): Limits {
  if (!now || perFile === undefined) return { signal, now, deadline }
  return { signal, now, deadline: Math.min(deadline ?? Number.POSITIVE_INFINITY, now() + perFile) }
}

async function* readZip(pack: Package, options: ReadOptions, whole: Budget, depth: number): AsyncGenerator<WalkedFile> {
  const outer = options.file ?? 'archive.zip'
  const entries = pack.entries.filter(({ name, isFolder }) => !isFolder && !byTheWay.test(name))
  if (entries.length === 0)
    yield { bytes: null, reading: { file: options.file ?? null, format: 'zip', state: 'read', drafts: [], problems: [noInvoice] } }
  for (const entry of entries) {
    const file = `${outer}/${readableName(entry.name)}`
    try {
      whole.check()
    } catch (error) {
      yield { bytes: null, reading: refused(error, file, null) }
      return
    }
    let bytes: Uint8Array
    try {
      bytes = pack.read(entry)
    } catch (error) {
      yield { bytes: null, reading: refused(error, file, null) }
      continue
    }
    yield* readNested(bytes, { ...options, file }, whole, depth + 1)
  }
}

const noInvoice: Problem = { code: 'no-invoice', message: 'The archive holds no files' }

function withNames({ invoices, problems }: Content, file: string | null, format: FileFormat): FileReading {
  return { file, format, state: 'read', drafts: invoices.map(({ draft, page }) => ({ ...draft, file, format, page })), problems }
}

function refused(error: unknown, file: string | null, format: FileFormat | null): FileReading {
  const { code, message } = refusalOf(error)
  return { file, format, state: 'refused', drafts: [], problems: [{ code, message }] }
}
