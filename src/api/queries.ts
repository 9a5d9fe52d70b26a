import { elementsOf, emptyInvoice, parkingReasons, verdicts, type Elements } from '../domain/index.ts'
import { answer } from './answer.ts'
import { date, fromWireMoney, kind, money, queryId, time, toWireMoney } from './fields.ts'
import { problem } from './problem.ts'
import { z } from './z.ts'

const digits = (min: number, max: number) => z.string().check(z.regex(new RegExp(`^\\d{${min},${max}}$`)))

/** One question: an id made by the device and the elements of one invoice. */
export const query = z.object({
  id: queryId,
  kind,
  code: z.optional(digits(8, 12)),
  number: digits(5, 20),
  issuedOn: date,
  amount: z.optional(money),
  amountExTax: z.optional(money),
  checkCode: z.optional(z.string().check(z.regex(/^[0-9A-Za-z]{6,20}$/))),
  hash: z.optional(z.string().check(z.regex(/^[0-9A-Za-z]{8,128}$/))),
  /** Ask anew even if the gateway has a fresh answer; spends one of the invoice's looks of the day. */
  force: z.optional(z.boolean()),
})
export type WireQuery = z.infer<typeof query>

/** The most queries one request may carry. */
export const maxBatch = 50

/** `POST /api/v1/queries`. Each query is judged on its own with {@link query}: one bad one does not spoil the rest. */
export const queriesRequest = z.object({
  queries: z.array(z.looseObject({ id: z.string().check(z.maxLength(64)) })).check(z.minLength(1), z.maxLength(maxBatch)),
})

/** The result of one query. `answered` and `refused` are final; a parked one is asked again by the gateway itself. */
export const queryResult = z.discriminatedUnion('state', [
  z.object({ id: z.string(), state: z.literal('answered'), answer }),
  z.object({
    id: z.string(),
    state: z.literal('parked'),
    reason: z.enum(parkingReasons),
    ticket: z.string().check(z.maxLength(64)),
    /** Seconds until it makes sense to look again. */
    retryAfter: z.number(),
    incident: z.optional(z.string().check(z.maxLength(64))),
    /** A receipt that says that the question was put and that nobody could be asked yet; only to whoever posts the elements. */
    receipt: z.optional(z.string().check(z.maxLength(400))),
  }),
  z.object({ id: z.string(), state: z.literal('refused'), problem }),
])
export type QueryResult = z.infer<typeof queryResult>

/** The reply to a batch, in the order asked. */
export const queriesReply = z.object({ results: z.array(queryResult) })

/** What `GET /api/v1/queries/:id` tells: the state, never the invoice. `query-unknown` for unknown and expired ids alike. */
export const querySummary = z.object({
  id: z.string(),
  state: z.enum(['answered', 'parked', 'refused', 'query-unknown']),
  verdict: z.optional(z.enum(verdicts)),
  receivedAt: z.optional(time),
  answeredAt: z.optional(time),
  reason: z.optional(z.enum(parkingReasons)),
  retryAfter: z.optional(z.number()),
})
export type QuerySummary = z.infer<typeof querySummary>

/** The reply to `GET /api/v1/queries?ids=a,b,…`. */
export const summariesReply = z.object({ results: z.array(querySummary) })

/** A query as it is posted. */
export function toWireQuery(id: string, elements: Elements): WireQuery {
  const { amount, amountExTax, ...rest } = elements
  return {
    id,
    ...rest,
    ...(amount !== undefined && { amount: toWireMoney(amount) }),
    ...(amountExTax !== undefined && { amountExTax: toWireMoney(amountExTax) }),
  }
}

/**
 * The elements of a posted query that the schema has accepted, reduced to those its kind is verified by.
 * @returns null when elements of that kind are missing, or the kind cannot be checked by anyone.
 */
export function fromWireQuery(wire: WireQuery): Elements | null {
  return elementsOf({
    ...emptyInvoice(wire.kind),
    code: wire.code ?? null,
    number: wire.number,
    issuedOn: wire.issuedOn,
    amount: wire.amount === undefined ? null : fromWireMoney(wire.amount),
    amountExTax: wire.amountExTax === undefined ? null : fromWireMoney(wire.amountExTax),
    checkCode: wire.checkCode ?? null,
    hash: wire.hash ?? null,
  })
}
