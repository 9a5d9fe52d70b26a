import { time } from './fields.ts'
import { z } from './z.ts'

/** How a component of the service is. */
export const componentState = z.enum(['up', 'degraded', 'down', 'maintenance', 'unknown'])

/** `GET /api/v1/status` and `/status.json`: a static, cacheable file; `asOf` says how old it is. */
export const serviceStatus = z.object({
  mode: z.enum(['normal', 'degraded', 'maintenance', 'outage']),
  asOf: time,
  components: z.array(
    z.object({
      /** `gateway`, or the id of a source. */
      id: z.string(),
      name: z.string(),
      /** Sources only: whose voice it is. */
      class: z.optional(z.enum(['authority', 'registry', 'peer', 'demo'])),
      state: componentState,
      since: z.nullable(time),
      /** Milliseconds of the last answer; null when none was measured. */
      latencyMs: z.nullable(z.number()),
    }),
  ),
  incidents: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      state: z.enum(['investigating', 'identified', 'monitoring', 'resolved']),
      startedAt: time,
      expectedAt: z.nullable(time),
      updates: z.array(z.object({ at: time, text: z.string() })),
      scope: z.string(),
    }),
  ),
  queue: z.object({
    parked: z.number(),
    oldest: z.nullable(time),
    drainPerMinute: z.nullable(z.number()),
  }),
})
export type ServiceStatus = z.infer<typeof serviceStatus>

/** `GET /.well-known/piaozai.json`: what a device needs to know of a gateway. */
export const wellKnown = z.object({
  product: z.literal('piaozai'),
  version: z.string(),
  /** The keys of {@link receiptKeyList}, for people and programs to look at; nothing is checked by them. */
  receiptKeys: z.array(z.unknown()),
  /** The key list that receipts of this gateway are checked by, as it is signed: its JSON, alone or in the envelope of the offline root. */
  receiptKeyList: z.optional(z.string().check(z.maxLength(200_000))),
  /** Of the signed trust list that the gateway has at `/trust-list.json`; null when it has none. */
  trustListVersion: z.nullable(z.number()),
  smsNumber: z.nullable(z.string()),
  statusHosts: z.array(z.string()),
  /** Requests a second that the gateway takes in; those who wait are spread so that they stay below it. */
  admissionPerSecond: z.optional(z.number().check(z.positive())),
  /** Origins of other gateways that the app may use when this one cannot be reached, in the order they are tried. */
  channels: z.array(z.string()),
})
export type WellKnown = z.infer<typeof wellKnown>
