import type { Tables } from '../store/schema.ts'

/** Every table whose rows outlive a gateway, with the columns that tell them apart; in the order they are written and read. */
export const tableKeys = {
  settings: ['name'],
  records: ['key'],
  queries: ['id'],
  questions: ['question'],
  answers: ['id'],
  calls: ['id'],
  tries: ['sender', 'invoice'],
  tallies: ['sender', 'day'],
} as const satisfies { readonly [Name in Exclude<keyof Tables, 'words' | 'paces'>]: readonly (keyof Tables[Name])[] }

export type TableName = keyof typeof tableKeys
export const tableNames = Object.keys(tableKeys) as TableName[]

/** A value of a column, whichever engine has it. */
export type Value = string | number | null | Uint8Array
export type Row = Readonly<Record<string, Value>>
