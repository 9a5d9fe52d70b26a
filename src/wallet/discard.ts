import type { Stored, Tables } from './database.ts'
import type { Damaged } from './entry.ts'
import { isDamaged, total } from './read.ts'
import { readAnswer } from './stored-answer.ts'
import { readEntry } from './stored-entry.ts'
import { readFile } from './stored-file.ts'
import { readQuery } from './stored-query.ts'

/** Rows that were taken out, as they were stored. */
export type Discarded = readonly { readonly table: Damaged['table']; readonly row: Stored }[]

const readers: Readonly<Record<Damaged['table'], (row: unknown) => object>> = {
  invoices: readEntry,
  answers: readAnswer,
  outbox: readQuery,
  files: readFile,
  originals: (row) => total('originals', row, () => ({})),
}

/**
 * Takes a row out that cannot be read; with an invoice the answers and open questions that nobody could find any more without it.
 * A row that can be read is left alone, whoever asks. Returns what was taken out.
 */
export async function discardDamaged(db: Tables, table: Damaged['table'], id: string): Promise<Discarded> {
  // What is damaged may be the key itself, which is shown as text.
  const key = (await db[table].toCollection().primaryKeys()).find((one) => String(one) === id)
  if (key === undefined) return []
  const row = await db[table].get(key)
  if (row === undefined || !isDamaged(readers[table](row))) return []
  const gone: { table: Damaged['table']; row: Stored }[] = [{ table, row }]
  await db[table].delete(key)
  if (table !== 'invoices') return gone
  for (const other of ['answers', 'outbox'] as const) {
    const rows = db[other].where('entryId').equals(key)
    for (const one of await rows.toArray()) gone.push({ table: other, row: one })
    await rows.delete()
  }
  return gone
}

/** Puts back what {@link discardDamaged} took out, unless something stands in its place by now. */
export async function putBack(db: Tables, discarded: Discarded): Promise<void> {
  for (const { table, row } of discarded) {
    const key = row[table === 'originals' || table === 'files' ? 'sha256' : 'id'] as string
    if ((await db[table].get(key)) === undefined) await db[table].put(row)
  }
}
