import type { Table } from 'dexie'
import type { Stored } from './database.ts'

/** Rows that are read at once: few enough that the page stays awake, many enough that asking costs little. */
const atOnce = 250

/** Goes through a table in the order of its keys, a piece at a time, so that 10,000 rows are never one task. Inside a transaction. */
export async function eachRow(table: Table<Stored, string>, take: (key: unknown, row: Stored) => void): Promise<void> {
  const keyPath = String(table.schema.primKey.keyPath)
  let rows = await table.orderBy(':id').limit(atOnce).toArray()
  for (;;) {
    for (const row of rows) take(row[keyPath], row)
    const last = rows.at(-1)?.[keyPath]
    if (rows.length < atOnce || last === undefined) return
    rows = await table
      .where(':id')
      .above(last as string)
      .limit(atOnce)
      .toArray()
  }
}
