import { dateAt, type CalendarDate, type Instant, type InvoiceStatus, type Kind, type OpenQuery, type OwnNote } from '../../domain/index.ts'
import type { Formats } from '../composables/format.ts'
import type { TermsWords } from '../locales/zh-CN/terms.ts'
import type { VerdictWords } from '../locales/zh-CN/verdicts.ts'
import type { CaptureSeal } from '../../wallet/index.ts'
import { noteFace, noteSpeaks, statusFace, type Face } from './face.ts'
import { sealFaces, sealSpeaks } from './seal.ts'
import { answerWord, authorityOf, speakerOf, uncheckableBecause } from './speech.ts'

/** The perforated end of a card: what holds in the verdict's colour, and at the right how old it is or what comes next. */
export interface Stub extends Face {
  readonly words: string
  readonly aside: string
}

/** What a stub is about. */
export interface StubOf {
  readonly kind: Kind
  readonly issuedOn: CalendarDate | null
  readonly status: InvoiceStatus
  readonly note: OwnNote | null
  /** What the signatures in its files amount to. */
  readonly seal?: CaptureSeal | null
}

/** The tools it is said with. */
export interface Voice {
  readonly verdicts: VerdictWords
  readonly terms: TermsWords
  readonly formats: Formats
  readonly now: Instant
}

/** The stub of an invoice. */
export function stubOf(one: StubOf, voice: Voice): Stub {
  const { verdicts, formats } = voice
  if (noteSpeaks(one.status, one.note)) {
    return { ...noteFace, words: verdicts.ownNote(one.note.saw), aside: verdicts.ownNoteAside(formats.age(one.note.at)) }
  }
  const { seal = null } = one
  if (sealSpeaks(one.status, seal))
    return { ...sealFaces[seal.verdict], words: verdicts.seals[seal.verdict], aside: sealAside(seal, one.status, voice) }
  return { ...statusFace(one.status), words: wordsOf(one, voice), aside: asideOf(one.status, voice) }
}

/** How much is wrong, or else what comes next. */
function sealAside({ verdict, parts }: CaptureSeal, status: InvoiceStatus, voice: Voice): string {
  const isWrong = verdict === 'tampered' || verdict === 'partial'
  return status.is === 'waiting' && !isWrong ? nextTry(status.query, voice) : voice.verdicts.sealAside(verdict, parts)
}

function wordsOf({ kind, issuedOn, status }: StubOf, { verdicts, terms, now }: Voice): string {
  switch (status.is) {
    case 'answered':
      return verdicts.stub(answerWord(status.answer), speakerOf(status.answer), authorityOf(kind))
    case 'asking':
      return verdicts.asking(authorityOf(kind))
    case 'waiting':
      return verdicts.waiting(status.query.reason, issuedOn === dateAt(now))
    case 'needs-user':
      return verdicts.needsUser
    case 'incomplete':
      return verdicts.incomplete(status.missing.map((element) => terms.elements[element]))
    case 'uncheckable':
      return verdicts.uncheckable
    case 'unasked':
      return verdicts.unasked
  }
}

function asideOf(status: InvoiceStatus, voice: Voice): string {
  const { verdicts, formats } = voice
  switch (status.is) {
    case 'answered': {
      const { answer, asking } = status
      if (asking !== null && asking.state !== 'needs-user') return verdicts.askingAgain
      if (answer.verdict === 'not-found') return verdicts.notFake
      if (answer.verdict === 'out-of-range') return verdicts.serviceHall
      if (answer.verdict === 'cannot-be-checked') return verdicts.because[uncheckableBecause(answer.detail)]
      const speaker = speakerOf(answer)
      return speaker === 'registry' || speaker === 'peer' ? verdicts.notByAuthority : formats.age(answer.asOf)
    }
    case 'asking':
      return verdicts.askingLimit
    case 'waiting':
      return nextTry(status.query, voice)
    case 'needs-user':
      return verdicts.needsUserAside
    case 'incomplete':
      return verdicts.incompleteAside
    case 'uncheckable':
      return verdicts.uncheckableAside
    case 'unasked':
      return verdicts.unaskedAside
  }
}

/** When a query that waits is asked next. */
export function nextTry(query: OpenQuery, { verdicts, formats, now }: Voice): string {
  if (query.reason === 'device-offline') return verdicts.askOnline
  if (query.nextAt === null || query.nextAt - now < 60_000) return verdicts.askSoon
  return verdicts.askAgainAt(formats.upcoming(query.nextAt))
}
