import type { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { columns, type Cells, type Column } from './csv-row.ts'

/** One row of a registry file: its cells, or why it cannot be read. `line` is where it begins, the header being line 1. */
export type Row = { readonly line: number; readonly cells: Cells } | { readonly line: number; readonly fault: string }

/** The file is not a registry file at all; `message` says why. */
export class FileError extends Error {}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Reads a registry file (UTF-8 with or without a byte order mark, RFC 4180, LF or CRLF) row by row.
 * @throws {FileError} when the header is wrong, or quoting goes wrong so far that rows cannot be told apart.
 */
export async function* readRows(bytes: Readable): AsyncGenerator<Row> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  bytes.on('error', (error) => parser.destroy(error))
  bytes.pipe(parser)
  let header: Column[] | null = null
  let nextLine = 1
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const line = nextLine
      nextLine = info.lines + 1
      if (header === null) header = readHeader(record)
      else if (record.length !== header.length) yield { line, fault: `${record.length} cells instead of ${header.length}` }
      else yield { line, cells: Object.fromEntries(header.map((column, index) => [column, record[index] ?? ''])) }
    }
  } catch (error) {
    if (error instanceof CsvError) throw new FileError(`line ${nextLine} or a later one is not well quoted`)
    throw error
  }
  if (header === null) throw new FileError('the file is empty')
}

function readHeader(cells: readonly string[]): Column[] {
  const names = cells.map((cell) => cell.trim())
  const unknown = names.find((name) => !isColumn(name))
  if (unknown !== undefined) throw new FileError(`the header names a column that is not known: ${unknown.slice(0, 40)}`)
  const missing = columns.find((column) => column !== 'lines' && !names.includes(column))
  if (missing !== undefined) throw new FileError(`the header lacks the column ${missing}`)
  if (new Set(names).size < names.length) throw new FileError('the header names a column twice')
  return names.filter(isColumn)
}

function isColumn(text: string): text is Column {
  return (columns as readonly string[]).includes(text)
}
