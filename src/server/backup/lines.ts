import { z } from '../../api/index.ts'
import { tableNames, type Row, type TableName, type Value } from './tables.ts'

/** The first line: what the file is, which schema it has, and under which keys the data were written. */
export const header = z.object({
  piaozai: z.literal('backup'),
  version: z.literal(1),
  /** The newest migration of the gateway that wrote it. */
  schema: z.string(),
  /** RFC 3339. */
  at: z.string(),
  /** The gateway's own secret, only when it was asked for. */
  secret: z.optional(z.string()),
})
export type Header = z.infer<typeof header>

/** The last line: how many rows there are, and SHA-256 (hex) of all lines before it with their ends. */
export const footer = z.object({ rows: z.number(), sha256: z.string() })
export type Footer = z.infer<typeof footer>

const bytes = z.object({ base64: z.string() })
const rowLine = z.tuple([z.enum(tableNames), z.record(z.string(), z.union([z.string(), z.number(), z.null(), bytes]))])

/** A row as a line: `["queries",{"id":…}]`, bytes as `{"base64":…}`. */
export function writeRow(table: TableName, row: Row): string {
  const values = Object.entries(row).map(([name, value]) => [
    name,
    isBytes(value) ? { base64: Buffer.from(value).toString('base64') } : value,
  ])
  return JSON.stringify([table, Object.fromEntries(values)])
}

/** @throws when the line is no row of ours. */
export function readRow(line: string): { readonly table: TableName; readonly row: Row } {
  const [table, values] = z.parse(rowLine, JSON.parse(line))
  const row = Object.entries(values).map(([name, value]): [string, Value] => {
    return [name, value !== null && typeof value === 'object' ? Buffer.from(value.base64, 'base64') : value]
  })
  return { table, row: Object.fromEntries(row) }
}

function isBytes(value: Value): value is Uint8Array {
  return value instanceof Uint8Array
}
