import { FileError, importRegistry, openInvoiceImport, readConfig, type Config, type InvoiceImport } from '../../server/index.ts'
import { UsageError, type Io, type Run } from '../command.ts'
import { filesUnder } from './files-under.ts'
import { pictureReader } from './picture-reader.ts'
import { loadInvoices } from './registry-invoices.ts'

/** Loads issued invoices into the registry of the gateway's data: one JSON line per file, each row or invoice refused with its reason. */
export const run: Run = async (args, io) => {
  if (args.length === 0 || args.some((arg) => arg.startsWith('-'))) throw new UsageError('the files or folders to import are missing')
  const config = readConfig(io.env)
  const registry = await openInvoiceImport(config)
  const readPictures = pictureReader()
  let failed = false
  try {
    for (const arg of args) {
      for await (const { path: file, size, isNamed } of filesUnder(arg)) {
        const line = await fails(() => load(file, { config, registry, size, isNamed, readPictures, io }))
        // Whatever else lies in a folder has not failed.
        if (line === null) continue
        io.stdout.write(`${JSON.stringify({ file, ...line })}\n`)
        failed ||= 'error' in line || line.refused.length > 0
      }
    }
  } finally {
    await registry.close()
  }
  return failed ? 1 : 0
}

interface Loading {
  readonly config: Config
  readonly registry: InvoiceImport
  readonly size: number
  readonly isNamed: boolean
  readonly readPictures: ReturnType<typeof pictureReader>
  readonly io: Io
}

/** What became of a file; null when it is none of ours and nobody named it. A named one that is no invoice's format is taken for a CSV. */
async function load(file: string, { config, registry, size, isNamed, readPictures, io: { stderr } }: Loading) {
  const isCsv = /\.csv$/i.test(file)
  const report = isCsv ? null : await loadInvoices(file, size, registry, readPictures)
  if (report !== null || (!isCsv && !isNamed)) return report
  const isTerminal = 'isTTY' in stderr && stderr.isTTY === true
  try {
    return await importRegistry(config, file, (rows) => void (isTerminal && stderr.write(`\r${file}: ${rows} rows`)))
  } finally {
    if (isTerminal) stderr.write('\n')
  }
}

/** A file that cannot be read fails alone. */
async function fails<T>(work: () => Promise<T>): Promise<T | { readonly error: string }> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof FileError) && !isSystemError(error)) throw error
    return { error: error.message }
  }
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}
