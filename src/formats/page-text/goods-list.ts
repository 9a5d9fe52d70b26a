import { parseMoney, type Fen } from '../../domain/index.ts'
import { toReading, type Reading } from '../fields/index.ts'
import type { TextItem } from './item.ts'
import { rowsOf } from './rows.ts'
import { readTable } from './table.ts'

/** Whether a sheet is the list (销售货物或者提供应税劳务清单) that an invoice refers to for its goods. */
export function isGoodsList(items: readonly TextItem[]): boolean {
  return rowsOf(items).some(({ text }) => /^销售货物或者?提供应税劳务[^:]{0,4}清单$/.test(text))
}

/** The goods on the sheets of a list; null where they do not make up the sum of the invoice, or one of them cannot be read. */
export function readGoodsLists(sheets: readonly (readonly TextItem[])[], total: Fen): Reading | null {
  const tables = sheets.map((items) => readTable(rowsOf(items), /^[小合总]计/)?.lines ?? null)
  const lines = tables.flatMap((table) => table ?? [])
  const sum = lines.reduce((fen, { amount }) => fen + (parseMoney(amount ?? '') ?? Number.NaN), 0)
  return tables.includes(null) || sum !== total ? null : toReading({ lines }, 'text')
}
