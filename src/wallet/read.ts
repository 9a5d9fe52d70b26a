import { fields, isKind, origins, type Field, type Instant, type Origin, type Provenance } from '../domain/index.ts'
import type { Stored } from './database.ts'
import type { Damaged } from './entry.ts'

/** Small readers for stored values. Those that `need` something make the whole row damaged; the others drop what they cannot read. */
class Unreadable extends Error {}

/** Makes a reader total: what it cannot read becomes a visible damaged row. */
export function total<T>(table: Damaged['table'], row: unknown, read: (row: Stored) => T): T | Damaged {
  try {
    return read(needRow(row, 'row'))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const id = isRow(row) ? (row.id ?? row.sha256) : undefined
    // An object for an id may not even have a text.
    return { table, id: typeof id === 'object' ? '' : String(id ?? ''), problem: error.message }
  }
}

export function isDamaged(row: object): row is Damaged {
  return 'table' in row && 'problem' in row
}

export function isRow(value: unknown): value is Stored {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function needRow(value: unknown, what: string): Stored {
  if (!isRow(value)) throw new Unreadable(`${what} is no object`)
  return value
}

export function needText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new Unreadable(`${what} is no text`)
  return value
}

export function needInstant(value: unknown, what: string): Instant {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unreadable(`${what} is no time`)
  return value
}

export function needOneOf<const T extends string>(value: unknown, among: readonly T[], what: string): T {
  const found = oneOf(value, among)
  if (found === null) throw new Unreadable(`${what} is none we know`)
  return found
}

export function needKind(value: unknown) {
  if (typeof value !== 'string' || !isKind(value)) throw new Unreadable('kind is none we know')
  return value
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

export function instant(value: unknown): Instant | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

export function fen(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null
}

export function oneOf<const T extends string>(value: unknown, among: readonly T[]): T | null {
  return among.find((one) => one === value) ?? null
}

/** The readable items of a list; what is no list is an empty one. */
export function list<T>(value: unknown, read: (item: Stored) => T | null): T[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item) => (isRow(item) ? (read(item) ?? []) : [])) as T[]
}

export function provenance(value: unknown): Provenance {
  if (!isRow(value)) return {}
  const known = Object.entries(value).filter(([field, origin]) => oneOf(field, fields) !== null && oneOf(origin, origins) !== null)
  return Object.fromEntries(known) as Partial<Record<Field, Origin>>
}
