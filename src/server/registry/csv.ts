import type { Readable } from 'node:stream'

/** One record of a CSV file and the line where it begins, the first being 1. */
export interface CsvRecord {
  readonly line: number
  readonly cells: readonly string[]
}

/** The file is not what it should be; `message` says where and why. */
export class FileError extends Error {}

/** Characters of the longest record: a quote that is never closed does not read the whole file into memory. */
const longest = 1_000_000

/**
 * Reads RFC 4180 text (UTF-8, with or without a byte order mark, LF or CRLF) as it streams in; empty lines are passed over.
 * Our own because people look a refused row up by its line number, and the parsers tried miscount lines inside quotes.
 * @throws {FileError} where quoting goes wrong, for from there on rows cannot be told apart.
 */
export async function* readCsv(bytes: Readable): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder()
  let text = ''
  let line = 1

  function* take(atEnd: boolean): Generator<CsvRecord> {
    let from = 0
    while (from < text.length) {
      const one = readRecord(text, from, line, atEnd)
      if (one === null) break
      if (one.cells.length > 1 || one.cells[0] !== '') yield { line, cells: one.cells }
      from = one.next
      line += one.lines
    }
    text = text.slice(from)
    if (text.length > longest) throw new FileError(`the row in line ${line} does not end: a quote is not closed`)
  }

  for await (const chunk of bytes) {
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk as Uint8Array, { stream: true })
    yield* take(false)
  }
  text += decoder.decode()
  yield* take(true)
}

interface Read {
  readonly cells: string[]
  readonly next: number
  readonly lines: number
}

/** The record that begins at `from`, or null when it is not all there yet. */
function readRecord(text: string, from: number, line: number, atEnd: boolean): Read | null {
  const newline = text.indexOf('\n', from)
  const quote = text.indexOf('"', from)
  if (newline === -1 && !atEnd) return null
  const end = newline === -1 ? text.length : newline
  if (quote === -1 || quote > end) {
    return { cells: withoutReturn(text.slice(from, end)).split(','), next: end + 1, lines: 1 }
  }
  return readQuoted(text, from, line, atEnd)
}

/** A record that has quotes somewhere, cell by cell. */
function readQuoted(text: string, from: number, line: number, atEnd: boolean): Read | null {
  const cells: string[] = []
  let at = from
  let lines = 1
  for (;;) {
    let cell: string
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1)
      if (close === -1) {
        if (atEnd) throw new FileError(`the row in line ${line} does not end: a quote is not closed`)
        return null
      }
      cell = text.slice(at + 1, close).replaceAll('""', '"')
      lines += cell.split('\n').length - 1
      at = close + 1
    } else {
      const stop = nextOf(text, at)
      cell = text.slice(at, stop)
      if (cell.includes('"')) throw new FileError(`line ${line}: a quote stands inside a cell that does not begin with one`)
      at = stop
    }
    const last = text[at] === '\n' || text.startsWith('\r\n', at) || at >= text.length
    if (!last && text[at] !== ',') {
      if (text[at] === '\r' && at + 1 >= text.length && !atEnd) return null
      throw new FileError(`line ${line}: something stands between a closing quote and the comma`)
    }
    if (at >= text.length && !atEnd) return null
    cells.push(last ? withoutReturn(cell) : cell)
    if (last) return { cells, next: text[at] === '\r' ? at + 2 : at + 1, lines }
    at += 1
  }
}

/** The quote that closes a cell, doubled ones passed over; -1 when it has not come yet. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return -1
}

function nextOf(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') at += 1
  return at
}

function withoutReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
