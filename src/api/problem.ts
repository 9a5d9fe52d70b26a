import { z } from './z.ts'

/** Every error code of the gateway with its HTTP status and title. Codes are permanent: they may be added, never changed. */
export const problems = {
  'envelope-invalid': { status: 400, title: 'The request is not a list of 1 to 50 queries' },
  'ids-invalid': { status: 400, title: 'The ids are not a list of 1 to 50 query ids' },
  'query-invalid': { status: 422, title: 'The query is not well formed' },
  'query-id-invalid': { status: 422, title: 'The query id is not a UUIDv7' },
  'query-id-reused': { status: 409, title: 'The query id was used for other elements' },
  'elements-missing': { status: 422, title: 'The kind is verified by elements that are missing' },
  'query-unknown': { status: 404, title: 'No such query' },
  'not-found': { status: 404, title: 'No such address' },
  'method-not-allowed': { status: 405, title: 'The address does not answer this method' },
  'body-too-large': { status: 413, title: 'The request is too large' },
  'media-type-unsupported': { status: 415, title: 'The request is not JSON' },
  'rate-limited': { status: 429, title: 'Too many queries from this device or network' },
  maintenance: { status: 503, title: 'Online queries are suspended' },
  overloaded: { status: 503, title: 'The gateway is busy' },
  'store-away': { status: 503, title: 'The gateway cannot reach its database' },
  stopping: { status: 503, title: 'The gateway is stopping' },
  internal: { status: 500, title: 'The gateway failed' },
} as const

export type ProblemCode = keyof typeof problems

/** RFC 9457 problem details with our permanent code. `detail` names the fault, never a value that was sent; `trace` finds it in the log. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.optional(z.string()),
  trace: z.optional(z.string()),
  /** Seconds after which it makes sense to try again, for a query that was refused for what its sender asked before. */
  retryAfter: z.optional(z.number()),
})
export type WireProblem = z.infer<typeof problem>

/** The problem document of a code. */
export function problemOf(code: ProblemCode, detail?: string): WireProblem {
  return { type: `urn:piaozai:problem:${code}`, ...problems[code], code, ...(detail !== undefined && { detail }) }
}
