import type { Readable } from 'node:stream'
import { columns, type Cells, type Column } from './csv-row.ts'
import { FileError, readCsv } from './csv.ts'

/** One row of a registry file: its cells, or why it cannot be read. `line` is where it begins, the header being line 1. */
export type Row = { readonly line: number; readonly cells: Cells } | { readonly line: number; readonly fault: string }

/**
 * Reads a registry file row by row.
 * @throws {FileError} when the header is wrong, or quoting goes wrong.
 */
export async function* readRows(bytes: Readable): AsyncGenerator<Row> {
  let header: Column[] | null = null
  for await (const { line, cells } of readCsv(bytes)) {
    if (header === null) header = readHeader(cells)
    else if (cells.length !== header.length) yield { line, fault: `${cells.length} cells instead of ${header.length}` }
    else yield { line, cells: Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])) }
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
