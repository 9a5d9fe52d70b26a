import {
  fields,
  outcomes,
  sourceClasses,
  verdicts,
  type Answer,
  type AnswerConflict,
  type Field,
  type FieldSources,
  type Missing,
} from '../domain/index.ts'
import { fromWireTime, time, toWireTime } from './fields.ts'
import { fromWireInvoice, invoice, toWireInvoice } from './invoice.ts'
import { z } from './z.ts'

const sourceId = z.string().check(z.maxLength(64))
/** A later version may know more fields: what is not known here is dropped, not refused. */
const field = z.string().check(z.maxLength(64))
const value = z.string().check(z.maxLength(20_000))

/** An answer on the wire. `invoice`, `provenance` and `receipt` come only to whoever posts the elements. */
export const answer = z.object({
  verdict: z.enum(verdicts),
  redFlush: z.optional(z.enum(['full', 'partial'])),
  invoice: z.optional(invoice),
  /** The source of each field of the record, by its id. */
  provenance: z.optional(z.record(z.string(), sourceId)),
  /** Fields of which two sources have different values. */
  conflicts: z.optional(
    z.array(z.object({ field, kept: value, keptFrom: sourceId, other: value, otherFrom: sourceId })).check(z.maxLength(100)),
  ),
  /** What the record lacks, and who was looked at for it. */
  completeness: z.optional(z.object({ missing: z.array(field).check(z.maxLength(50)), sources: z.array(sourceId).check(z.maxLength(50)) })),
  sources: z.array(
    z.object({
      id: sourceId,
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
    ...(one.conflicts && { conflicts: one.conflicts.map((conflict) => ({ ...conflict })) }),
    ...(one.missing && { completeness: { missing: [...one.missing.fields], sources: [...one.missing.sources] } }),
    sources: one.sources.map((source) => ({ ...source, at: toWireTime(source.at), asOf: toWireTime(source.asOf) })),
    answeredAt: toWireTime(one.answeredAt),
    asOf: toWireTime(one.asOf),
    ...(one.detail !== undefined && { detail: one.detail }),
    ...(one.receipt !== undefined && { receipt: one.receipt }),
  }
}

/** The domain form of a wire answer that the schema has accepted; what it says of fields that are not known is dropped. */
export function fromWireAnswer(wire: WireAnswer): Answer {
  return {
    verdict: wire.verdict,
    ...(wire.redFlush && { redFlush: wire.redFlush }),
    ...(wire.invoice && { invoice: fromWireInvoice(wire.invoice) }),
    ...(wire.provenance && { provenance: fieldSources(wire.provenance) }),
    ...(wire.conflicts && { conflicts: wire.conflicts.filter(isKnown) }),
    ...(wire.completeness && { missing: missing(wire.completeness) }),
    sources: wire.sources.map((source) => ({ ...source, at: fromWireTime(source.at), asOf: fromWireTime(source.asOf) })),
    answeredAt: fromWireTime(wire.answeredAt),
    asOf: fromWireTime(wire.asOf),
    ...(wire.detail !== undefined && { detail: wire.detail }),
    ...(wire.receipt !== undefined && { receipt: wire.receipt }),
  }
}

function isField(text: string): text is Field {
  return (fields as readonly string[]).includes(text)
}

function isKnown<T extends { readonly field: string }>(one: T): one is T & Pick<AnswerConflict, 'field'> {
  return isField(one.field)
}

function fieldSources(wire: Readonly<Record<string, string>>): FieldSources {
  return Object.fromEntries(Object.entries(wire).filter(([name]) => isField(name)))
}

function missing(wire: { readonly missing: readonly string[]; readonly sources: readonly string[] }): Missing {
  return { fields: wire.missing.filter(isField), sources: wire.sources }
}
