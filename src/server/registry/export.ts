import type { Store } from '../store/store.ts'
import { columns, toCells } from './csv-row.ts'

const pageSize = 1000

/** The registry as text, in the form that is imported (UTF-8, RFC 4180, CRLF), in the order of the invoices' keys. */
export async function* exportRecords(store: Store): AsyncGenerator<string> {
  yield toLine(columns)
  let after = ''
  for (;;) {
    const page = await store.records(after, pageSize)
    const last = page.at(-1)
    if (last === undefined) return
    yield page.map((record) => toLine(toCells(record))).join('')
    after = last.key
  }
}

function toLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
