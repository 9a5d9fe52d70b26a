import type { Readable } from 'node:stream'
import type { NewRecord, Put } from '../store/record.ts'
import type { Store } from '../store/store.ts'
import { RowError, toRecord } from './csv-row.ts'
import { readRows, type Row } from './read-csv.ts'

/** What became of the rows of a file. A changed one has other values than before: the file's count from now on. */
export interface ImportReport {
  readonly added: number
  readonly unchanged: number
  readonly changed: number
  readonly refused: readonly Refusal[]
}

/** A row that was not loaded. `line` is where it begins; the reason never quotes a value. */
export interface Refusal {
  readonly line: number
  readonly reason: string
}

const chunkSize = 1000

/**
 * Loads issued invoices from a registry file into the store: streamed, a transaction per thousand rows. Doing it again changes nothing.
 * @param options.onProgress called after each transaction with the rows read so far.
 * @throws {FileError} when the file is not one; what was loaded before stays.
 */
export async function importRecords(
  store: Store,
  file: Readable,
  options: { readonly now: number; readonly onProgress?: (rows: number) => void },
): Promise<ImportReport> {
  const counts: Record<Put, number> = { added: 0, unchanged: 0, changed: 0 }
  const refused: Refusal[] = []
  const seen = new Map<string, string>()
  let chunk: NewRecord[] = []
  let rows = 0

  const flush = async () => {
    for (const put of await store.putRecords(chunk)) counts[put] += 1
    chunk = []
    options.onProgress?.(rows)
  }

  for await (const row of readRows(file)) {
    rows += 1
    const record = read(row, options.now, seen)
    if ('reason' in record) refused.push(record)
    else chunk.push(record)
    if (chunk.length >= chunkSize) await flush()
  }
  await flush()
  return { ...counts, refused }
}

/** A row as a record; a file that contradicts itself is refused there, for with it nothing would be idempotent. */
function read(row: Row, now: number, seen: Map<string, string>): NewRecord | Refusal {
  const { line } = row
  if ('fault' in row) return { line, reason: row.fault }
  try {
    const record = toRecord(row.cells, now)
    const content = JSON.stringify(record)
    const before = seen.get(record.key)
    if (before !== undefined && before !== content) return { line, reason: 'an earlier line has other values for the same invoice' }
    seen.set(record.key, content)
    return record
  } catch (error) {
    if (error instanceof RowError) return { line, reason: error.message }
    throw error
  }
}
