import { fields, merge, type Conflict, type Field, type Origin, type Problem, type Provenance } from '../domain/index.ts'
import type { Entry, FileDraft, FileReading, OfdFile } from '../formats/index.ts'
import type { Judged } from './ofd/judge.ts'

/**
 * Lets the parts under an intact signature speak first. What they say stands; what only other parts say stays with its own origin;
 * where these disagree, that is told. The values count as `signed` only if the signer leads to the trust list: anybody can sign.
 */
export async function withSignedFields(reading: FileReading, file: OfdFile, judged: Judged): Promise<FileReading> {
  if (judged.covered === null || reading.state === 'refused') return reading
  const covered = saysTheSame(file, judged) ? reading : await file.read(judged.covered)
  const drafts = reading.drafts.map((draft) => {
    const signed = draftLike(draft, covered.drafts, reading.drafts.length)
    return signed ? signedFirst(draft, signed, judged.isTrusted) : draft
  })
  return { ...reading, drafts }
}

/** Usual names of a signature's own files: nothing is read from them, so the whole package says what the covered part of it does. */
const ownFile = /(?:^|\/)(?:signatures\.xml|signature\.xml|signedvalue\.dat)$/i

function saysTheSame({ entries }: OfdFile, { seal, exempt }: Judged): boolean {
  const isOwn = (entry: Entry) => !exempt.has(entry) || ownFile.test(entry.name)
  return seal.uncovered.length === 0 && entries.every(isOwn)
}

function draftLike(draft: FileDraft, among: readonly FileDraft[], count: number): FileDraft | null {
  if (count === 1 && among.length === 1) return among[0] ?? null
  return among.find(({ invoice }) => invoice.number !== null && invoice.number === draft.invoice.number) ?? null
}

function signedFirst(whole: FileDraft, signed: FileDraft, isTrusted: boolean): FileDraft {
  const first = { invoice: signed.invoice, provenance: all(signed.provenance, 'signed') }
  const { invoice, provenance, conflicts } = merge(first, whole)
  // With what the parts of the file had found at odds before anybody knew which of them are signed.
  const known = merge({ ...first, conflicts: whole.conflicts ?? [] }, whole).conflicts
  const origin = (field: Field, from: Origin): Origin => (from === 'signed' && !isTrusted ? (signed.provenance[field] ?? from) : from)
  return {
    ...whole,
    invoice,
    provenance: Object.fromEntries(Object.entries(provenance).map(([field, from]) => [field, origin(field as Field, from)])),
    conflicts: known.map((one) => ({ ...one, keptFrom: origin(one.field, one.keptFrom) })),
    checks: signed.checks,
    // What only the covered part lacks is no fault of the file.
    problems: unique([...signed.problems.filter(({ code }) => code === 'check-failed'), ...conflicts.map(tell), ...whole.problems]),
  }
}

function all(provenance: Provenance, origin: Origin): Provenance {
  return Object.fromEntries(fields.flatMap((field) => (provenance[field] ? [[field, origin]] : [])))
}

function tell({ field, kept, other, otherFrom }: Conflict): Problem {
  const short = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text)
  return {
    code: 'conflict-unsigned',
    message: `${field}: signed is ${short(kept)}, the ${otherFrom} outside the signature says ${short(other)}`,
  }
}

function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.code} ${one.message}`, one])).values()]
}
