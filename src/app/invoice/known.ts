import type { CheckName, Conflict, Origin } from '../../domain/index.ts'
import type { EntryDetail, JudgedFile } from '../../wallet/index.ts'
import { speakingSeal } from '../../domain/index.ts'
import type { SealWords } from '../locales/zh-CN/seal.ts'
import type { TermsWords } from '../locales/zh-CN/terms.ts'
import { printed } from './fields.ts'

/** The judged file that speaks for an invoice, and the others. */
export function judgedFilesOf({ seals }: Pick<EntryDetail, 'seals'>): {
  readonly first: JudgedFile | null
  readonly others: readonly JudgedFile[]
} {
  const first = speakingSeal(seals.map((judged) => ({ verdict: judged.seal.verdict, judged })))?.judged ?? null
  return { first, others: seals.filter((one) => one !== first) }
}

/** A check and how it came out. */
export interface CheckRow {
  readonly name: CheckName
  readonly is: 'fine' | 'wrong' | 'unknown'
}

/** What is wrong first, what nobody can tell last. */
export function checkRowsOf({ entry }: Pick<EntryDetail, 'entry'>): CheckRow[] {
  const order = ['wrong', 'fine', 'unknown']
  return entry.checks
    .map(({ name, ok }): CheckRow => ({ name, is: ok === null ? 'unknown' : ok ? 'fine' : 'wrong' }))
    .sort((a, b) => order.indexOf(a.is) - order.indexOf(b.is))
}

/** Two readings of a field that differ, in words. */
export function conflictText(
  { field, kept, keptFrom, other, otherFrom }: Conflict,
  words: SealWords,
  terms: TermsWords,
  longDate: (date: string) => string,
): string {
  const text = (value: string) => (field === 'lines' ? terms.fields.lines : printed(field, value, longDate))
  return words.known.conflict(text(kept), terms.origins[keptFrom], text(other), terms.origins[otherFrom])
}

/** The fields of each origin, in the order of trust: several origins that people call the same are one. */
export function originRowsOf({ shown }: Pick<EntryDetail, 'shown'>, terms: TermsWords): { readonly key: string; readonly value: string }[] {
  const byWord = new Map<string, string[]>()
  for (const [field, origin] of Object.entries(shown.provenance)) {
    const word = terms.origins[origin as Origin]
    byWord.set(word, [...(byWord.get(word) ?? []), terms.fields[field as keyof typeof terms.fields]])
  }
  return [...byWord].map(([key, fields]) => ({ key, value: terms.list(fields) }))
}
