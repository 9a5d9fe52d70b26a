import { formatMoney, isCalendarDate, kindNames, parseMoney, type Fen, type Instant, type Kind } from '../domain/index.ts'
import { z } from './z.ts'

/** Money on the wire: a decimal string with two digits, `-100.00`. */
export const money = z.string().check(z.regex(/^-?\d{1,13}\.\d{2}$/))

/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export const date = z.string().check(z.refine(isCalendarDate))

/** A time on the wire: RFC 3339 UTC with `Z`. */
export const time = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/),
  z.refine((text) => !Number.isNaN(Date.parse(text))),
)

/** Our name of an invoice kind. */
export const kind = z.enum(kindNames as [Kind, ...Kind[]])

/** A UUIDv7 in lower case. Its random bits come from a CSPRNG: whoever knows an id learns the state of its query. */
export const queryId = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/))

/** Milliseconds since the epoch from a wire time that a schema has accepted. */
export function fromWireTime(text: string): Instant {
  return Date.parse(text)
}

/** The wire form of an instant. */
export function toWireTime(instant: Instant): string {
  return new Date(instant).toISOString()
}

/** Fen from wire money that a schema has accepted. */
export function fromWireMoney(text: string): Fen {
  const fen = parseMoney(text)
  if (fen === null) throw new RangeError('money was not validated')
  return fen
}

/** The wire form of fen. */
export const toWireMoney = formatMoney
