import { fields, origins, outcomes, sourceClasses, verdicts, type Answer, type Field, type Origin } from '../domain/index.ts'
import { fromWireTime, time, toWireTime } from './fields.ts'
import { fromWireInvoice, invoice, toWireInvoice } from './invoice.ts'
import { z } from './z.ts'

/** An answer on the wire. `invoice`, `provenance` and `receipt` come only to whoever posts the elements. */
export const answer = z.object({
  verdict: z.enum(verdicts),
  redFlush: z.optional(z.enum(['full', 'partial'])),
  invoice: z.optional(invoice),
  provenance: z.optional(z.record(z.string(), z.string())),
  sources: z.array(
    z.object({
      id: z.string().check(z.maxLength(64)),
      class: z.enum(sourceClasses),
      at: time,
      asOf: time,
      outcome: z.enum(outcomes),
    }),
  ),
  answeredAt: time,
  asOf: time,
  detail: z.optional(z.string().check(z.maxLength(200))),
  receipt: z.optional(z.string().check(z.maxLength(400))),
})
export type WireAnswer = z.infer<typeof answer>

/** An answer as the wire has it. */
export function toWireAnswer(one: Answer): WireAnswer {
  return {
    verdict: one.verdict,
    ...(one.redFlush && { redFlush: one.redFlush }),
    ...(one.invoice && { invoice: toWireInvoice(one.invoice) }),
    ...(one.provenance && { provenance: { ...one.provenance } }),
    sources: one.sources.map((source) => ({ ...source, at: toWireTime(source.at), asOf: toWireTime(source.asOf) })),
    answeredAt: toWireTime(one.answeredAt),
    asOf: toWireTime(one.asOf),
    ...(one.detail !== undefined && { detail: one.detail }),
    ...(one.receipt !== undefined && { receipt: one.receipt }),
  }
}

/** The domain form of a wire answer that the schema has accepted; provenance of unknown fields or origins is dropped. */
export function fromWireAnswer(wire: WireAnswer): Answer {
  return {
    verdict: wire.verdict,
    ...(wire.redFlush && { redFlush: wire.redFlush }),
    ...(wire.invoice && { invoice: fromWireInvoice(wire.invoice) }),
    ...(wire.provenance && { provenance: fromWireProvenance(wire.provenance) }),
    sources: wire.sources.map((source) => ({ ...source, at: fromWireTime(source.at), asOf: fromWireTime(source.asOf) })),
    answeredAt: fromWireTime(wire.answeredAt),
    asOf: fromWireTime(wire.asOf),
    ...(wire.detail !== undefined && { detail: wire.detail }),
    ...(wire.receipt !== undefined && { receipt: wire.receipt }),
  }
}

function fromWireProvenance(wire: Readonly<Record<string, string>>): Partial<Record<Field, Origin>> {
  const known = Object.entries(wire).filter(
    ([field, origin]) => (fields as readonly string[]).includes(field) && (origins as readonly string[]).includes(origin),
  )
  return Object.fromEntries(known)
}
