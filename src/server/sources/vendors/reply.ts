import { z } from '../../../api/index.ts'
import { outcomes, type Outcome } from '../../../domain/index.ts'
import type { Incoming } from '../../egress/egress.ts'

/** A JSON object of a vendor's: nothing of it is believed before it is read by name. */
export type Fields = Readonly<Record<string, unknown>>

const object = z.record(z.string(), z.unknown())

/** The JSON object an answer holds. @throws when it holds something else, or the service says by its status that it failed. */
export function readObject({ status, body }: Incoming): Fields {
  if (status >= 500) throw new Error(`the source answered ${status}`)
  return z.parse(object, JSON.parse(body))
}

/** An object inside an object. @throws when it is none. */
export function objectIn(fields: Fields, name: string): Fields {
  return z.parse(object, fields[name])
}

/** The same, or nothing where there is none. */
export function maybeObject(fields: Fields, name: string): Fields {
  const found = object.safeParse(fields[name])
  return found.success ? found.data : {}
}

/** The objects of a list; what is no object is passed over. */
export function objectsIn(fields: Fields, name: string): Fields[] {
  const list = fields[name]
  if (!Array.isArray(list)) return []
  return list.map((one) => object.safeParse(one)).flatMap((one) => (one.success ? [one.data] : []))
}

/** A value as text; vendors print what is missing as an empty text, a dash or nothing. Numbers are taken as they are written. */
export function textIn(fields: Fields, name: string): string | null {
  const value = fields[name]
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return text === '' || text === '-' || text === '--' ? null : text
}

/** A code as text; a missing one is a fault of the source. @throws when it is missing. */
export function codeIn(fields: Fields, name: string): string {
  const code = textIn(fields, name)
  if (code === null) throw new Error('the source answered in another shape')
  return code
}

/** The outcomes of a vendor's codes, written as lists of codes. */
export type Codes = Partial<Readonly<Record<Outcome, readonly string[]>>>

/** What a documented code means. @throws for a code that nobody has documented: then the source is at fault, and the question waits. */
export function outcomeOf(codes: Codes, code: string): Outcome {
  const outcome = outcomes.find((one) => codes[one]?.includes(code))
  if (outcome === undefined) throw new Error('the source answered with an unknown code')
  return outcome
}
