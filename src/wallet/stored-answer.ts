import {
  fields,
  outcomes,
  sourceClasses,
  verdicts,
  type Answer,
  type AnswerConflict,
  type FieldSources,
  type SourceStatement,
} from '../domain/index.ts'
import type { Stored } from './database.ts'
import type { Damaged, SettledAnswer } from './entry.ts'
import { instant, isRow, list, needInstant, needOneOf, needText, oneOf, text, total } from './read.ts'
import { readInvoice, storeInvoice } from './stored-invoice.ts'

export function storeAnswer({ answer, ...settled }: SettledAnswer): Stored {
  const { invoice, ...rest } = answer
  return { ...settled, answer: { ...rest, ...(invoice && { invoice: storeInvoice(invoice) }) } }
}

/** Total: what cannot be read comes out as damaged. */
export function readAnswer(value: unknown): SettledAnswer | Damaged {
  return total('answers', value, (row) => ({
    id: needText(row.id, 'id'),
    entryId: needText(row.entryId, 'entryId'),
    question: needText(row.question, 'question'),
    askedAt: instant(row.askedAt) ?? 0,
    settledAt: instant(row.settledAt) ?? 0,
    answer: answer(row.answer as Stored | undefined),
  }))
}

function answer(row: Stored = {}): Answer {
  const redFlush = oneOf(row.redFlush, ['full', 'partial'])
  const detail = text(row.detail)
  const receipt = text(row.receipt)
  return {
    verdict: needOneOf(row.verdict, verdicts, 'verdict'),
    ...(redFlush && { redFlush }),
    ...(row.invoice !== undefined && { invoice: readInvoice(row.invoice) }),
    ...(isRow(row.provenance) && { provenance: fieldSources(row.provenance) }),
    ...(row.conflicts !== undefined && { conflicts: list(row.conflicts, conflict) }),
    ...(isRow(row.missing) && { missing: { fields: fieldNames(row.missing.fields), sources: texts(row.missing.sources) } }),
    sources: list(row.sources, statement),
    answeredAt: needInstant(row.answeredAt, 'answeredAt'),
    asOf: needInstant(row.asOf, 'asOf'),
    ...(detail !== null && { detail }),
    ...(receipt !== null && { receipt }),
  }
}

/** A statement of a class we do not know must not be shown at all: the colour of the verdict hangs on it. */
function statement(row: Stored): SourceStatement {
  return {
    id: needText(row.id, 'source id'),
    class: needOneOf(row.class, sourceClasses, 'source class'),
    at: instant(row.at) ?? 0,
    asOf: instant(row.asOf) ?? 0,
    outcome: needOneOf(row.outcome, outcomes, 'outcome'),
  }
}

const texts = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
const fieldNames = (value: unknown) => texts(value).flatMap((name) => oneOf(name, fields) ?? [])

function fieldSources(row: Stored): FieldSources {
  return Object.fromEntries(Object.entries(row).filter(([field, id]) => oneOf(field, fields) !== null && text(id) !== null))
}

function conflict(row: Stored): AnswerConflict | null {
  const field = oneOf(row.field, fields)
  const [kept, keptFrom, other, otherFrom] = [row.kept, row.keptFrom, row.other, row.otherFrom].map((value) => text(value) ?? '')
  return field && { field, kept: kept ?? '', keptFrom: keptFrom ?? '', other: other ?? '', otherFrom: otherFrom ?? '' }
}
