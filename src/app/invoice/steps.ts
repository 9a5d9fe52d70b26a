import { canonicalKey, type Instant } from '../../domain/index.ts'
import type { EntryDetail, Query, SettledAnswer, TimelineItem } from '../../wallet/index.ts'
import type { InvoiceWords } from '../locales/zh-CN/invoice.ts'
import { answerFace, noteFace, statusFace, type Face } from '../verdict/face.ts'
import type { SealWords } from '../locales/zh-CN/seal.ts'
import { sealFaces, sealSentence } from '../verdict/seal.ts'
import { answerSentence } from '../verdict/sentence.ts'
import { answerWord, authorityOf, speakerOf } from '../verdict/speech.ts'
import type { Voice } from '../verdict/stub.ts'

/** What a step opens: the sheet of an answer, or the one with everything that is known. */
export type Opens = { readonly is: 'answer'; readonly answered: SettledAnswer } | { readonly is: 'known' }

/** One step of "how we know". */
export interface Step extends Face {
  readonly key: string
  readonly title: string
  readonly notes: readonly string[]
  readonly at: Instant
  readonly opens: Opens | null
}

/** The words of the steps. */
export interface StepWords {
  readonly invoice: InvoiceWords
  readonly seal: SealWords
}

/**
 * Everything that happened to an invoice and every check on it, newest first, its first capture last. What its files prove follows the
 * answers and comes before whatever waits.
 */
export function stepsOf(detail: EntryDetail, others: number, { invoice: words, seal }: StepWords, voice: Voice): Step[] {
  // A capture and its question are written in one transaction, at the same time: what began it all still comes last.
  const began = (item: TimelineItem) => item.is === 'captured' && !item.again
  const step = (item: TimelineItem, index: number) => stepOf(item, `${item.is}-${item.at}-${index}`, detail, words, voice)
  const first = detail.timeline.filter(began).map(step)
  const items = detail.timeline.filter((item) => !began(item))
  const later = items.map(step)
  const answers = items.findLastIndex(({ is }) => is === 'answered') + 1
  return [
    ...later.slice(0, answers),
    ...sealSteps(detail, seal, voice),
    ...later.slice(answers),
    ...checkSteps(detail, others, first[0]?.at ?? 0, words, voice),
    ...first,
  ]
}

function stepOf(item: TimelineItem, key: string, detail: EntryDetail, words: InvoiceWords, voice: Voice): Step {
  const { kind } = detail.shown.invoice
  const common = { key, at: item.at, opens: null }
  switch (item.is) {
    case 'answered': {
      const { answer } = item.answered
      const face = answerFace(answer)
      const title = voice.verdicts.stub(answerWord(answer), speakerOf(answer), authorityOf(kind))
      const notes = [answerSentence(answer, kind, voice), ...(item.counts ? [] : [words.steps.formerAnswer])]
      return {
        ...common,
        mark: face.mark,
        tone: item.counts ? face.tone : 'grey',
        title,
        notes,
        opens: { is: 'answer', answered: item.answered },
      }
    }
    case 'asked':
      return { ...common, ...askedStep(item.query, detail, words, voice) }
    case 'noted': {
      const { saw, text } = item.note
      return { ...common, ...noteFace, title: voice.verdicts.ownNote(saw), notes: [...(text ? [text] : []), words.steps.ownNoteNote] }
    }
    case 'captured':
      return {
        ...common,
        mark: 'dot',
        tone: 'grey',
        title: item.again ? words.steps.capturedAgain : words.steps.captured,
        notes: [words.ways[item.capture.way]],
      }
  }
}

function askedStep(query: Query, detail: EntryDetail, words: InvoiceWords, voice: Voice): Face & Pick<Step, 'title' | 'notes'> {
  const { verdicts, formats } = voice
  const authority = authorityOf(detail.shown.invoice.kind)
  if (query.state === 'needs-user') {
    const note = query.problem === null ? words.problemOther('?') : (words.problems[query.problem] ?? words.problemOther(query.problem))
    return { ...statusFace({ is: 'needs-user', query }), title: verdicts.needsUser, notes: [note] }
  }
  if (query.state === 'sending') {
    return { ...statusFace({ is: 'asking', query }), title: verdicts.asking(authority), notes: [verdicts.askingLimit] }
  }
  const when = query.nextAt === null || query.nextAt - voice.now < 60_000 ? null : formats.upcoming(query.nextAt)
  return {
    ...statusFace({ is: 'waiting', query }),
    title: verdicts.waiting(null, false),
    notes: [query.ticket === null ? verdicts.notAsked(query.reason, when) : verdicts.parked(query.ticket, query.reason, when, authority)],
  }
}

function sealSteps({ seals }: EntryDetail, words: SealWords, { verdicts }: Voice): Step[] {
  return seals.map(({ file, at, seal }) => ({
    key: `seal-${file}`,
    ...sealFaces[seal.verdict],
    title: verdicts.seals[seal.verdict],
    notes: [sealSentence(seal, words)],
    at,
    opens: { is: 'known' },
  }))
}

function checkSteps(detail: EntryDetail, others: number, at: Instant, words: InvoiceWords, { terms }: Voice): Step[] {
  const { checks } = detail.entry
  const failed = checks.filter((check) => check.ok === false).map((check) => terms.checks[check.name])
  const steps: Step[] = []
  if (failed.length > 0)
    steps.push({
      key: 'checks',
      mark: 'look',
      tone: 'amber',
      title: words.steps.checksFailed,
      notes: [terms.list(failed)],
      at,
      opens: null,
    })
  else if (checks.some((check) => check.ok))
    steps.push({
      key: 'checks',
      mark: 'tick',
      tone: 'ink',
      title: words.steps.checksFine,
      notes: [words.steps.checksFineNote],
      at,
      opens: null,
    })
  if (others > 0 && canonicalKey(detail.shown.invoice) !== null && detail.entry.captures.length === 1)
    steps.push({
      key: 'unique',
      mark: 'tick',
      tone: 'ink',
      title: words.steps.unique,
      notes: [words.steps.uniqueNote(others.toLocaleString('en'))],
      at,
      opens: null,
    })
  return steps
}
