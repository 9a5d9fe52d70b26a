import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { footer, header, readRow, type Header } from './lines.ts'
import type { Row, TableName } from './tables.ts'

/** A file that is no whole backup; `message` is a sentence. */
export class BackupError extends Error {}

/** Writes lines as a backup file, with the line that closes it. Nobody ever sees half of one, and nobody but the owner may read it. @returns the rows. */
export async function writeBackup(file: string, head: Header, rows: AsyncIterable<string>): Promise<number> {
  const hash = createHash('sha256')
  let count = 0
  async function* text(): AsyncGenerator<string> {
    const line = (one: string) => (hash.update(`${one}\n`), `${one}\n`)
    yield line(JSON.stringify(head))
    for await (const row of rows) {
      count += 1
      yield line(row)
    }
    yield `${JSON.stringify({ rows: count, sha256: hash.digest('hex') })}\n`
  }
  const draft = `${file}.part`
  try {
    await pipeline(Readable.from(text()), createGzip(), createWriteStream(draft, { mode: 0o600 }))
    const handle = await open(draft, 'r+')
    await handle.sync()
    await handle.close()
    await checkBackup(draft)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  return count
}

/**
 * Reads a whole backup file and compares it with the line that closes it.
 * @throws {BackupError} when a byte of it is not as it was written.
 */
export async function checkBackup(file: string): Promise<Header> {
  const hash = createHash('sha256')
  let head: Header | null = null
  let count = -1
  let last: string | null = null
  await reading(file, async (line) => {
    if (last !== null) {
      head ??= headerOf(last)
      hash.update(`${last}\n`)
      count += 1
    }
    last = line
    return Promise.resolve()
  })
  const end = footer.safeParse(parsed(last ?? ''))
  if (head === null || !end.success || end.data.rows !== count || end.data.sha256 !== hash.digest('hex')) throw damaged(file)
  return head
}

/** The rows of a file that was checked. */
export async function* rowsOf(file: string): AsyncGenerator<{ readonly table: TableName; readonly row: Row }> {
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })
  let isFirst = true
  let before: string | null = null
  for await (const line of lines) {
    if (before !== null) yield readRow(before)
    if (!isFirst) before = line
    isFirst = false
  }
}

function headerOf(line: string): Header {
  const read = header.safeParse(parsed(line))
  if (!read.success) throw new BackupError('This is no backup file of this version.')
  return read.data
}

async function reading(file: string, onLine: (line: string) => Promise<void>): Promise<void> {
  try {
    await pipeline(createReadStream(file), createGunzip(), async (chunks) => {
      for await (const line of createInterface({ input: Readable.from(chunks), crlfDelay: Infinity })) await onLine(line)
    })
  } catch (error) {
    const isDamage = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    throw isDamage ? damaged(file) : error
  }
}

function damaged(file: string): BackupError {
  return new BackupError(`${file} is damaged or not whole: take another one.`)
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
