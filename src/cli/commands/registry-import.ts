import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { FileError, importRegistry, readConfig } from '../../server/index.ts'
import { UsageError, type Io, type Run } from '../command.ts'

/** Loads issued invoices into the registry of the gateway's data: one JSON line per file, each row refused named by its line. */
export const run: Run = async (args, io) => {
  if (args.length === 0 || args.some((arg) => arg.startsWith('-'))) throw new UsageError('the files or folders to import are missing')
  const config = readConfig(io.env)
  let failed = false
  for (const arg of args) {
    for (const file of await filesOf(arg)) {
      const line = await load(config, file, io)
      io.stdout.write(`${JSON.stringify({ file, ...line })}\n`)
      failed ||= 'error' in line || line.refused.length > 0
    }
  }
  return failed ? 1 : 0
}

async function load(config: Parameters<typeof importRegistry>[0], file: string, { stderr }: Io) {
  const isTerminal = 'isTTY' in stderr && stderr.isTTY === true
  try {
    return await importRegistry(config, file, (rows) => void (isTerminal && stderr.write(`\r${file}: ${rows} rows`)))
  } catch (error) {
    if (!(error instanceof FileError) && !isSystemError(error)) throw error
    return { error: error.message }
  } finally {
    if (isTerminal) stderr.write('\n')
  }
}

/** A file that cannot be read fails alone. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error
}

/** The file itself, or the CSV files of a folder in the order of their names. */
async function filesOf(path: string): Promise<string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false, // told when it is opened
  )
  if (!isFolder) return [path]
  const names = await readdir(path)
  return names
    .filter((name) => /\.csv$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}
