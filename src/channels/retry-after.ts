import type { Instant } from '../domain/index.ts'

/** Seconds from a `Retry-After` header (RFC 9110: seconds or a date); null for anything that is not a wait. Not clamped: whoever waits does that. */
export function parseRetryAfter(header: string | null, now: Instant): number | null {
  if (header === null) return null
  if (/^\s*\d{1,12}\s*$/.test(header)) return Number(header)
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN
  return at > now ? Math.ceil((at - now) / 1000) : null
}
