import type { Answer, AnswerConflict, Kind } from '../../domain/index.ts'
import { printed } from '../invoice/fields.ts'
import type { InvoiceWords } from '../locales/zh-CN/invoice.ts'
import { namedSource } from './sentence.ts'
import type { Voice } from './stub.ts'

/** What is to be said of the record that came with an answer: whose each field is, what sources disagree on, and what none of them has. */
export interface RecordNotes {
  readonly from: readonly { readonly key: string; readonly value: string }[]
  readonly conflicts: readonly string[]
  readonly missing: string | null
}

export function recordNotes(answer: Answer, kind: Kind, words: InvoiceWords['sheet'], voice: Voice): RecordNotes {
  const { terms, formats } = voice
  const name = (id: string) => namedSource(id, answer, kind, voice)
  const bySource = new Map<string, string[]>()
  for (const [field, id] of Object.entries(answer.provenance ?? {})) {
    const source = name(id)
    bySource.set(source, [...(bySource.get(source) ?? []), terms.fields[field as keyof typeof terms.fields]])
  }
  const text = ({ field }: AnswerConflict, value: string) => (field === 'lines' ? terms.fields.lines : printed(field, value, formats.date))
  const conflicts = (answer.conflicts ?? []).map((one) =>
    words.differs(terms.fields[one.field], text(one, one.kept), name(one.keptFrom), text(one, one.other), name(one.otherFrom)),
  )
  const { fields = [], sources = [] } = answer.missing ?? {}
  return {
    from: [...bySource].map(([key, names]) => ({ key, value: terms.list(names) })),
    conflicts,
    missing:
      fields.length === 0 ? null : words.missing(terms.list(fields.map((field) => terms.fields[field])), terms.list(sources.map(name))),
  }
}
