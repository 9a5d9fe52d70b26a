import { canonicalKey, type Element } from '../../domain/index.ts'
import type { EntryDetail } from '../../wallet/index.ts'
import type { InvoiceWords } from '../locales/zh-CN/invoice.ts'
import { answerWord, authorityOf, speakerOf, uncheckableBecause } from '../verdict/speech.ts'
import { sealOfEntry } from '../verdict/seal.ts'
import { nextTry, type Voice } from '../verdict/stub.ts'
import { platformOf } from './platform.ts'

/** What the primary button does; it repairs what the sentence names. */
export type Action =
  | { readonly do: 'fill'; readonly elements: readonly Element[] }
  | { readonly do: 'compare' }
  | { readonly do: 'ask' }
  | { readonly do: 'ask-yourself' }

/** The one sentence that matters. `lead` is bold and complete by itself; `rest` says what else is known. */
export interface Headline {
  readonly lead: string
  readonly rest: string
  readonly action: Action | null
}

/** The words on the primary button; null where there is none. */
export function actionLabel(action: Action | null, act: InvoiceWords['act'], terms: Voice['terms']): string | null {
  switch (action?.do) {
    case undefined:
      return null
    case 'fill':
      return action.elements.length > 2 ? act.fillMany : act.fill(terms.list(action.elements.map((element) => terms.elements[element])))
    case 'compare':
      return act.compare
    case 'ask':
      return act.ask
    case 'ask-yourself':
      return act.askYourself
  }
}

type Known = Pick<EntryDetail, 'entry' | 'status' | 'shown'>

/** The sentence over an invoice and its button. That the file was changed comes before everything but an answer. */
export function headlineOf(known: Known, words: InvoiceWords, voice: Voice): Headline {
  const said = statusHeadline(known, words, voice)
  if (sealOfEntry(known.entry)?.verdict !== 'tampered') return said
  return known.status.is === 'answered'
    ? { ...said, rest: [words.rest.tampered, said.rest].filter((part) => part !== '').join('；') }
    : { ...said, lead: words.lead.tampered, rest: said.lead }
}

function statusHeadline(known: Known, words: InvoiceWords, voice: Voice): Headline {
  const { status, shown } = known
  const { lead, rest } = words
  const { verdicts, terms } = voice
  const unasked = { rest: restOf(known, words, voice) }
  const ownLook: Action | null = platformOf(shown.invoice) === null ? null : { do: 'ask-yourself' }
  const who = verdicts.authority[authorityOf(shown.invoice.kind)]
  switch (status.is) {
    case 'incomplete': {
      const names = terms.list(status.missing.map((element) => terms.elements[element]))
      return { ...unasked, lead: lead.incomplete(names), action: { do: 'fill', elements: status.missing } }
    }
    case 'unasked':
      return { ...unasked, lead: lead.unasked, action: { do: 'ask' } }
    case 'asking':
      return { ...unasked, lead: lead.asking(who), action: null }
    case 'waiting': {
      const { query } = status
      const held = verdicts.waiting(query.reason, false)
      const action = query.reason === 'device-offline' ? null : ownLook
      return {
        lead: lead.waiting(held, nextTry(query, voice)),
        rest: [sealOf(known, words), rest.noAction].filter((part) => part !== null).join('；'),
        action,
      }
    }
    case 'needs-user':
      return { ...unasked, lead: lead.needsUser, rest: problemOf(known, words), action: { do: 'compare' } }
    case 'uncheckable':
      return { lead: lead.uncheckable, rest: rest.kept, action: null }
    case 'answered': {
      const { answer } = status
      const speaker = speakerOf(answer)
      const asOf = rest.asOf(voice.formats.moment(answer.asOf))
      const word = answerWord(answer)
      if (word === 'out-of-range') return { lead: lead.outOfRange, rest: '', action: null }
      if (word === 'cannot-be-checked')
        return { ...unasked, lead: lead.cannot(verdicts.because[uncheckableBecause(answer.detail)]), action: ownLook }
      if (speaker === 'demo') return { lead: lead.demo, rest: verdicts.stub(word, speaker, authorityOf(shown.invoice.kind)), action: null }
      if (word === 'mismatch') return { lead: lead.other.mismatch ?? '', rest: asOf, action: { do: 'compare' } }
      if (word === 'not-found') return { lead: lead.other['not-found'] ?? '', rest: asOf, action: ownLook }
      if (word !== 'confirmed')
        return { lead: lead.said(verdicts.stub(word, speaker, authorityOf(shown.invoice.kind))), rest: asOf, action: null }
      return speaker === 'authority'
        ? { lead: lead.confirmed(who), rest: asOf, action: null }
        : { lead: lead.registry, rest: asOf, action: ownLook }
    }
  }
}

/** What the files prove comes first: it is what a claim rests on while nobody has answered. */
function restOf({ entry, shown }: Known, words: InvoiceWords, { terms }: Voice): string {
  const { rest } = words
  const failed = entry.checks.filter((check) => check.ok === false).map((check) => terms.checks[check.name])
  const parts = [
    sealOf({ entry }, words),
    failed.length > 0 ? rest.checksFailed(terms.list(failed)) : entry.checks.some((check) => check.ok) ? rest.checksFine : null,
    shown.conflicts.length > 0 ? rest.conflicts(shown.conflicts.length) : null,
    entry.captures.length > 1 ? rest.again(entry.captures.length) : canonicalKey(shown.invoice) === null ? null : rest.unique,
  ].filter((part) => part !== null)
  return [terms.list(parts), rest.unasked].filter((part) => part !== '').join('；')
}

function sealOf({ entry }: Pick<Known, 'entry'>, { rest }: InvoiceWords): string | null {
  const seal = sealOfEntry(entry)
  return (seal && rest.seals[seal.verdict]) ?? null
}

/** Why the query that needs a look was refused. */
export function problemOf(known: { readonly status: EntryDetail['status'] }, words: InvoiceWords): string {
  const problem = known.status.is === 'needs-user' ? (known.status.query as { problem?: string | null }).problem : null
  return problem ? (words.problems[problem] ?? words.problemOther(problem)) : words.problemOther('?')
}
