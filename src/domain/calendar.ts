/**
 * Calendar dates and times. Every rule that says day, today, T+1 or month means Asia/Shanghai,
 * whatever the device or server is set to. Shanghai has had no daylight saving since 1991, so the offset is fixed.
 */

/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export type CalendarDate = string

/** Milliseconds since the Unix epoch. Always passed in, never read from a clock here. */
export type Instant = number

const hour = 3_600_000
const day = 24 * hour
const shanghaiOffset = 8 * hour

/** The Shanghai calendar date at an instant. */
export function dateAt(instant: Instant): CalendarDate {
  return new Date(instant + shanghaiOffset).toISOString().slice(0, 10)
}

/** The instant at which a Shanghai clock shows `hours` (may be fractional) on a date. */
export function instantOn(date: CalendarDate, hours = 0): Instant {
  return Date.parse(`${date}T00:00:00Z`) - shanghaiOffset + hours * hour
}

/** The date `count` days later (earlier when negative). */
export function addDays(date: CalendarDate, count: number): CalendarDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + count * day).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day)
}

/** The same day `count` years earlier; 29 February becomes 28 February. */
export function yearsBefore(date: CalendarDate, count: number): CalendarDate {
  const year = String(Number(date.slice(0, 4)) - count).padStart(4, '0')
  const shifted = `${year}${date.slice(4)}`
  return isCalendarDate(shifted) ? shifted : `${year}-02-28`
}

/** True for a real date written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/**
 * Reads a date as invoices and people write it: `20260421`, `2025-11-08`, `2025/11/8`, `2020年07月23日`.
 * @returns null when it is no real date between 1994 (the first VAT invoice) and 2099.
 */
export function parseDate(text: string): CalendarDate | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain)
  if (!match) return null
  const [, year = '', month = '', dayOfMonth = ''] = match
  const date = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`
  return isCalendarDate(date) && date >= '1994-01-01' && date < '2100-01-01' ? date : null
}
